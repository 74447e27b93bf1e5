import { describe, expect, it } from 'vitest';
import { aSandbox, linesOf, request, requests } from '#lib/sandbox/sandbox-kit';

const version = { 'anthropic-version': '2023-06-01' };
const at = '/v1/messages/batches';

async function aBatch(rows: object[]) {
  const sandbox = await aSandbox(version);
  const created = await sandbox.json('POST', at, JSON.stringify({ requests: rows }));
  const path = `${at}/${created.id}`;
  return {
    ...sandbox,
    created,
    path,
    look: () => sandbox.json('GET', path),
    results: async () => linesOf(await sandbox.ask('GET', `${path}/results`)),
  };
}

describe('the sandbox as Anthropic', () => {
  it('shows a batch with six-digit times and counts nothing before the end', async () => {
    const { ask, created, path, look, later } = await aBatch(requests(200, 'sandbox/flaky'));
    expect(created).toEqual({
      id: expect.stringMatching(/^msgbatch_01[0-9a-f]{22}$/),
      type: 'message_batch',
      processing_status: 'in_progress',
      request_counts: { processing: 200, succeeded: 0, errored: 0, canceled: 0, expired: 0 },
      ended_at: null,
      created_at: '2026-01-01T00:00:00.000000+00:00',
      expires_at: '2026-01-02T00:00:00.000000+00:00',
      archived_at: null,
      cancel_initiated_at: null,
      results_url: null,
    });
    later(7_999);
    const running = await ask('GET', path);
    expect(running.headers.get('retry-after')).toBe('10');
    expect((await running.json()).request_counts).toMatchObject({ processing: 200, succeeded: 0 });
    later(1);
    const done = await look();
    expect(done).toMatchObject({ processing_status: 'ended', results_url: `http://sandbox${path}/results` });
    const { processing, ...counts } = done.request_counts;
    expect(processing).toBe(0);
    expect(Object.values<number>(counts).reduce((sum, count) => sum + count)).toBe(200);
  });

  it('writes four kinds of results, out of order and without a type', async () => {
    const { ask, path, later, look, results, json } = await aBatch([
      request('ok', 'sandbox/echo'),
      { custom_id: 'bad', params: { model: 'sandbox/echo', messages: [{ role: 'user', content: 'Hi' }] } },
    ]);
    later(10_000);
    const lines = await results();
    expect(lines.map((line) => line.custom_id)).toEqual(['bad', 'ok']);
    expect(lines).toMatchObject([
      {
        result: {
          type: 'errored',
          error: {
            type: 'error',
            error: { type: 'invalid_request_error', message: 'max_tokens: Field required' },
            request_id: expect.stringMatching(/^req_/),
          },
        },
      },
      {
        result: {
          type: 'succeeded',
          message: {
            type: 'message',
            role: 'assistant',
            model: 'sandbox/echo',
            content: [{ type: 'text' }],
            stop_reason: 'end_turn',
            usage: { input_tokens: expect.any(Number), service_tier: 'batch' },
          },
        },
      },
    ]);
    const answer = await ask('GET', `${path}/results`);
    expect(answer.headers.get('content-type')).toBeNull();
    expect((await look()).request_counts).toMatchObject({ succeeded: 1, errored: 1 });

    const slow = await json('POST', at, JSON.stringify({ requests: requests(10, 'sandbox/echo') }));
    later(4_000);
    expect(await json('POST', `${at}/${slow.id}/cancel`)).toMatchObject({ processing_status: 'canceling' });
    later(1_000);
    expect(await json('GET', `${at}/${slow.id}`)).toMatchObject({
      processing_status: 'ended',
      cancel_initiated_at: '2026-01-01T00:00:14.000000+00:00',
      request_counts: { succeeded: 5, canceled: 5 },
    });
    const late = await json('POST', at, JSON.stringify({ requests: requests(10, 'sandbox/expiring') }));
    later(7_000);
    const types = async (id: string) =>
      (await linesOf(await ask('GET', `${at}/${id}/results`))).map((line) => line.result.type).sort();
    expect(await types(slow.id)).toEqual([...Array(5).fill('canceled'), ...Array(5).fill('succeeded')]);
    expect(await types(late.id)).toEqual([...Array(4).fill('expired'), ...Array(6).fill('succeeded')]);
  });

  it('shows every answer of the showcase as a message', async () => {
    const { later, results } = await aBatch(requests(24, 'sandbox/showcase'));
    later(3_000);
    const lines = await results();
    const blocks = lines.flatMap((line) => line.result.message?.content ?? []);
    expect(new Set(blocks.map((block) => block.type))).toEqual(new Set(['text', 'tool_use', 'thinking']));
    const stops = new Set(lines.map((line) => line.result.message?.stop_reason).filter(Boolean));
    expect(stops).toEqual(new Set(['end_turn', 'tool_use', 'refusal', 'max_tokens']));
  });

  it.each([
    [
      'an id too long',
      [request('a'.repeat(65))],
      'requests.0.custom_id: String should have at most 64 characters',
    ],
    ['an id with a dot', [request('a'), request('a.b')], 'requests.1.custom_id: String should match pattern'],
    ['a repeated id', [request('a'), request('a')], 'requests.1.custom_id: repeats “a”'],
    ['no id', [{ params: {} }], 'requests.0.custom_id: Field required'],
    ['no params', [{ custom_id: 'a' }], 'requests.0.params: Field required'],
    ['no requests', [], 'requests: List should have at least 1 item'],
  ])('refuses %s at once', async (_, rows, words) => {
    const { created, creates } = await aBatch(rows);
    expect(created).toEqual({
      type: 'error',
      error: { type: 'invalid_request_error', message: expect.stringContaining(words) },
      request_id: expect.stringMatching(/^req_/),
    });
    expect(creates()).toEqual([]);
  });

  it('asks for a version', async () => {
    const { ask } = await aSandbox();
    const answer = await ask('GET', at);
    expect(answer.status).toBe(400);
    expect((await answer.json()).error.message).toBe('anthropic-version: header is required');
  });

  it('has no results before the end, and deletes nothing that runs', async () => {
    const { ask, json, path, later, created } = await aBatch([request('a')]);
    expect((await ask('GET', `${path}/results`)).status).toBe(400);
    expect((await ask('DELETE', path)).status).toBe(400);
    later(10_000);
    expect((await ask('POST', `${path}/cancel`)).status).toBe(400);
    expect(await json('DELETE', path)).toEqual({ id: created.id, type: 'message_batch_deleted' });
    expect((await ask('GET', path)).status).toBe(404);
  });

  it('lists newest first, forwards and back, and nothing of other dialects', async () => {
    const { json, create, creates } = await aSandbox(version);
    await create([request('a')]);
    const ids: string[] = [];
    for (const id of ['a', 'b', 'c', 'd']) {
      ids.unshift((await json('POST', at, JSON.stringify({ requests: [request(id)] }))).id);
    }
    const page = (query: string) => json('GET', `${at}?${query}`);
    const shown = async (query: string) => {
      const { data, has_more } = await page(query);
      return [data.map((one: { id: string }) => ids.indexOf(one.id)), has_more];
    };
    expect(await shown('limit=3')).toEqual([[0, 1, 2], true]);
    expect(await shown(`limit=3&after_id=${ids[2]}`)).toEqual([[3], false]);
    expect(await shown(`limit=2&before_id=${ids[3]}`)).toEqual([[1, 2], true]);
    expect(await page('limit=1')).toMatchObject({ first_id: ids[0], last_id: ids[0] });
    expect(creates().map(({ path }) => path)).toEqual(['/v1/batches', at, at, at, at]);
  });

  it('archives results after 29 days', async () => {
    const { ask, path, look, later } = await aBatch([request('a', 'sandbox/instant')]);
    later(29 * 86_400_000);
    expect(await look()).toMatchObject({
      results_url: null,
      archived_at: expect.stringContaining('2026-01-30'),
    });
    expect((await ask('GET', `${path}/results`)).status).toBe(404);
  });
});
