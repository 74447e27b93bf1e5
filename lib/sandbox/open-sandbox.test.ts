import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { aSandbox, linesOf, request, requests, started } from './sandbox-kit.ts';

describe('the sandbox', () => {
  it('answers a create with the wrapper of the quickstart, key for key', async () => {
    const { json } = await aSandbox();
    const quickstart = readFileSync('public/samples/quickstart.jsonl', 'utf8').trimEnd().split('\n');
    const answer = await json('POST', '/v1/batches', `{"requests":[${quickstart.join(',')}]}`);
    const shown = JSON.parse(readFileSync('lib/providers/inline/fixtures/wrapper.json', 'utf8'));
    expect(Object.keys(answer)).toEqual(Object.keys(shown));
    expect(Object.keys(answer.batch)).toEqual(Object.keys(shown.batch));
    expect(Object.keys(answer.file)).toEqual(Object.keys(shown.file));
    expect(answer.batch).toEqual({
      ...shown.batch,
      id: expect.stringMatching(/^batch_[0-9a-f-]{36}$/),
      input_file_id: expect.stringMatching(/^file-[0-9a-f]{32}$/),
      created_at: started / 1000,
      expires_at: started / 1000 + 86_400,
    });
    expect(answer.task_status).toBe('NOT_START');
  });

  it('turns the status address into results when it is done', async () => {
    const { create, ask, later } = await aSandbox();
    const id = await create([request('a', 'openai/gpt-4o-mini-batch', 'How to learn nestjs?'), request('b')]);
    expect(await (await ask('GET', `/v1/batches/${id}`)).json()).toMatchObject({
      batch_id: id,
      id,
      status: 'validating',
      output_file_id: '',
    });
    later(5_000);
    expect(await (await ask('GET', `/v1/batches/${id}`)).json()).toMatchObject({
      status: 'in_progress',
      request_counts: { total: 2, completed: 1, failed: 0 },
    });
    later(5_000);
    const response = await ask('GET', `/v1/batches/${id}`);
    expect(response.headers.get('content-type')).toBe('application/x-ndjson; charset=utf-8');
    const lines = await linesOf(response);
    expect(lines[0]).toMatchObject({
      custom_id: 'a',
      error: null,
      demo_cost: expect.stringMatching(/^0\.0+\d+$/),
      response: {
        status_code: 200,
        body: {
          model: 'openai/gpt-4o-mini-batch',
          choices: [
            {
              message: { content: expect.stringContaining('> How to learn nestjs?') },
              finish_reason: 'stop',
            },
          ],
        },
      },
    });
    expect(lines.map((line) => line.custom_id)).toEqual(['a', 'b']);
  });

  it('is done at the first look with sandbox/instant and keeps its counts with sandbox/slow', async () => {
    const { create, ask, later } = await aSandbox();
    expect(
      await linesOf(await ask('GET', `/v1/batches/${await create([request('a', 'sandbox/instant')])}`)),
    ).toHaveLength(1);
    const slow = await create([request('a', 'sandbox/slow')]);
    later(170_000);
    expect(await (await ask('GET', `/v1/batches/${slow}`)).json()).toMatchObject({
      status: 'finalizing',
      request_counts: { total: 0, completed: 0, failed: 0 },
    });
    later(10_000);
    expect(await linesOf(await ask('GET', `/v1/batches/${slow}`))).toHaveLength(1);
  });

  it('answers large batches out of order, each request once, the same bytes each time', async () => {
    const { create, ask, restart } = await aSandbox();
    const id = await create(requests(1_000, 'sandbox/instant'));
    const first = await (await ask('GET', `/v1/batches/${id}`)).text();
    await restart();
    expect(await (await ask('GET', `/v1/batches/${id}`)).text()).toBe(first);
    const ids = first
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).custom_id);
    expect(new Set(ids).size).toBe(1_000);
    expect(ids).not.toEqual(requests(1_000, 'x').map((line) => line.custom_id));
  });

  it('lets sandbox/flaky fail a tenth in three shapes, and counts them as it goes', async () => {
    const { create, ask, later } = await aSandbox();
    const id = await create(requests(1_000, 'sandbox/flaky'));
    later(7_900);
    const { request_counts: counts } = await (await ask('GET', `/v1/batches/${id}`)).json();
    later(100);
    const lines = await linesOf(await ask('GET', `/v1/batches/${id}`));
    const with400 = lines.filter((line) => line.response?.status_code === 400).length;
    const withWords = lines.filter((line) => typeof line.error === 'string').length;
    const withCode = (code: string) => lines.filter((line) => line.error?.code === code).length;
    for (const shape of [with400, withWords, withCode('server_error')]) expect(shape).toBeGreaterThan(15);
    expect(withCode('batch_expired')).toBeGreaterThan(5);
    expect(1_000 - lines.length).toBeGreaterThan(5);
    const failed = with400 + withWords + withCode('server_error') + withCode('batch_expired');
    expect(counts).toEqual({ total: 1_000, failed, completed: lines.length - failed });
  });

  it('cancels within a second and answers what was done by then', async () => {
    const { create, ask, later, journal } = await aSandbox();
    const id = await create(requests(100, 'sandbox/echo'));
    later(4_000);
    const [answer] = await Promise.all([
      ask('POST', `/v1/batches/${id}/cancel`),
      ask('POST', `/v1/batches/${id}/cancel`),
    ]);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ status: 'cancelling', processing_status: 'canceling' });
    expect(await (await ask('GET', `/v1/batches/${id}`)).json()).toMatchObject({ status: 'cancelling' });
    later(1_000);
    const lines = await linesOf(await ask('GET', `/v1/batches/${id}`));
    expect(lines).toHaveLength(100);
    expect(lines.filter((line) => line.error?.code === 'batch_cancelled')).toHaveLength(50);
    const again = await ask('POST', `/v1/batches/${id}/cancel`);
    expect(again.status).toBe(409);
    expect((await again.json()).error.message).toContain('already cancelled');
    const cancels = journal().filter(({ path }) => path.endsWith('/cancel'));
    expect(cancels.map(({ accepted, status }) => [accepted, status])).toEqual([
      [true, 200],
      [true, 200],
      [false, 409],
    ]);
  });

  it('remembers everything over a restart, and what it only half received not at all', async () => {
    const { create, ask, later, restart, dir, journal } = await aSandbox();
    const id = await create(requests(20, 'sandbox/echo'), { metadata: { batchdeck_intent: 'int_1' } });
    await ask('POST', `/v1/batches/${id}/cancel`);
    mkdirSync(path.join(dir, 'drafts', 'batch_half'), { recursive: true });
    mkdirSync(path.join(dir, 'batches', 'batch_odd'), { recursive: true });
    await restart();
    later(1_000);
    expect((await (await ask('GET', '/v1/batches')).json()).data).toMatchObject([
      { id, status: 'cancelled', metadata: { batchdeck_intent: 'int_1' } },
    ]);
    expect(journal().slice(0, 2)).toMatchObject([
      {
        id,
        method: 'POST',
        path: '/v1/batches',
        requests: 20,
        accepted: true,
        nonce: 'int_1',
        bodySha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
      { id, path: `/v1/batches/${id}/cancel` },
    ]);
  });

  it('enters into the journal what a crash kept out of it', async () => {
    const { create, restart, dir, journal } = await aSandbox();
    const id = await create([request('a')], { metadata: { batchdeck_intent: 'int_1' } });
    const [written] = journal();
    writeFileSync(path.join(dir, 'journal.jsonl'), '{"half":');
    await restart();
    await restart();
    const text = readFileSync(path.join(dir, 'journal.jsonl'), 'utf8').split('\n');
    expect(text).toHaveLength(3);
    expect(JSON.parse(text[1] ?? '')).toEqual({ ...written, id, status: 0 });
    expect(() => journal()).toThrow();
  });

  it('lists newest first in pages', async () => {
    const { create, ask } = await aSandbox();
    const ids = [await create([request('a')]), await create([request('a')]), await create([request('a')])];
    const page = await (await ask('GET', '/v1/batches?limit=2')).json();
    expect(page).toMatchObject({ has_more: true, data: [{ id: ids[2] }, { id: ids[1] }] });
    const rest = await (await ask('GET', `/v1/batches?limit=2&after=${page.last_id}`)).json();
    expect(rest).toMatchObject({ has_more: false, data: [{ id: ids[0] }] });
  });

  it.each([
    ['no requests', '{"requests":[]}', 'empty'],
    ['no list of requests', '{"metadata":{}}', 'requests'],
    ['a file beside a broken list', '{"input_file_id":"file-1","requests":[{]}', 'not valid JSON'],
    ['broken JSON', '{"requests":[{"custom_id":"a"', 'ends before'],
    ['not JSON', 'hello', 'object'],
    ['a broken request', '{"requests":[{"custom_id":"a","params":{tru}}]}', 'not valid JSON'],
    ['a request without id', '{"requests":[{"params":{"model":"m"}}]}', 'requests[0].custom_id is missing'],
    ['a request without params', '{"requests":[{"custom_id":"a"}]}', 'requests[0].params is missing'],
    ['a request without model', '{"requests":[{"custom_id":"a","params":{}}]}', 'model is missing'],
    [
      'a repeated id',
      JSON.stringify({ requests: [request('a'), request('a')] }),
      'requests[1].custom_id repeats “a”',
    ],
  ])('refuses %s with a 400 and keeps nothing', async (_, body, words) => {
    const { ask, creates, journal } = await aSandbox();
    const answer = await ask('POST', '/v1/batches', body);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({
      error: {
        message: expect.stringContaining(words),
        type: 'invalid_request_error',
        param: expect.toSatisfy((param) => param === null || typeof param === 'string'),
        code: 400,
      },
    });
    expect((await (await ask('GET', '/v1/batches')).json()).data).toEqual([]);
    expect(creates()).toEqual([]);
    expect(journal()[0]).toMatchObject({ path: '/v1/batches', accepted: false, status: 400, id: '' });
  });

  it('refuses more than a hundred thousand requests and more than 256 MB', async () => {
    const { ask } = await aSandbox();
    async function* requests() {
      yield Buffer.from('{"requests":[');
      for (let n = 0; n <= 100_000; n++)
        yield Buffer.from(`${n ? ',' : ''}{"custom_id":"${n}","params":{"model":"m"}}`);
      yield Buffer.from(']}');
    }
    expect((await (await ask('POST', '/v1/batches', requests())).json()).error.message).toContain('100000');
    async function* large() {
      yield Buffer.from('{"requests":[');
      const one = `{"params":{"model":"m","x":"${'x'.repeat(8 * 1024 * 1024)}"},"custom_id":"`;
      for (let n = 0; n < 33; n++) yield Buffer.from(`${n ? ',' : ''}${one}${n}"}`);
      yield Buffer.from(']}');
    }
    expect((await (await ask('POST', '/v1/batches', large())).json()).error.message).toContain('256 MB');
  });

  it('knows nothing of other paths and ids', async () => {
    const { ask } = await aSandbox();
    for (const [method, url] of [
      ['GET', '/v1/batches/nope'],
      ['GET', '/v1/models'],
      ['DELETE', '/v1/batches'],
      ['GET', '/'],
      ['POST', '/v1/batches/..%2f..%2fetc/cancel'],
    ] as const) {
      const answer = await ask(method, url);
      expect(answer.status).toBe(404);
      expect((await answer.json()).error.code).toBe(404);
    }
  });

  it('shows the whole showcase, in the order of the sample', async () => {
    const { json, ask, later } = await aSandbox();
    const sample = readFileSync('public/samples/showcase.jsonl', 'utf8').trimEnd().split('\n');
    expect(sample).toHaveLength(24);
    const { batch_id: id } = await json('POST', '/v1/batches', `{"requests":[${sample.join(',')}]}`);
    later(3_000);
    const lines = await linesOf(await ask('GET', `/v1/batches/${id}`));
    const of = (id: string) => lines.find((line) => line.custom_id.endsWith(id));
    expect(lines).toHaveLength(24);
    expect(of('markdown-table').response.body.choices[0].message.content).toContain('| Sencha |');
    expect(of('refusal').response.body.choices[0].message.refusal).toContain('can’t');
    expect(of('-truncated').response.body.choices[0].finish_reason).toBe('length');
    expect(of('tool-call').response.body.choices[0].message.tool_calls).toHaveLength(1);
    expect(of('error-in-words').error).toContain('image');
    expect(of('13-one-word').response.body.choices[0].message.content).toBe('Yes.');
  });
});
