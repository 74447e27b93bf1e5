import { describe, expect, it } from 'vitest';
import type { PollAnswer } from '#lib/providers/provider';
import { fixturesOf, inPieces, lostCreate, scripted, text } from '#lib/providers/provider-kit';
import { providerFor } from '#lib/providers/registry';

const fixture = fixturesOf('inline');

const provider = providerFor('inline', 'infron');
const pollWith = (answer: () => Response | Promise<Response>) =>
  provider.poll(scripted(answer).fetch, 'batch_1');
const poll = (body: string, init: ResponseInit = {}) => pollWith(() => new Response(body, init));

async function linesOf(answer: PollAnswer): Promise<string> {
  if (answer.kind !== 'results') throw new Error(`Got ${answer.kind}`);
  return text(answer.lines);
}

describe('polling', () => {
  it.each([
    ['wrapper.json', { state: 'pending', rawStatus: 'validating', counts: null }],
    ['flat.json', { state: 'running', counts: { total: 10, succeeded: 4, failed: 1 } }],
    ['siraya-running.json', { state: 'running', rawStatus: 'processing' }],
    [
      'task-done.json',
      {
        state: 'completed',
        rawStatus: 'SUCCESS',
        progress: 100,
        counts: { total: 3, succeeded: 3, failed: 0 },
        costNano: 497_000,
        errors: [],
        resultRefs: [
          {
            kind: 'url',
            role: 'output',
            url: 'https://resource.onerouter.pro/batch-llm/azure-batch%2Fbatch_a34c321b.jsonl',
          },
        ],
      },
    ],
  ])('reads %s as a status', async (name, expected) => {
    expect(await poll(fixture(name))).toMatchObject({ kind: 'report', report: expected });
  });

  it.each(['results.jsonl', 'one-result.jsonl', 'anthropic-results.jsonl'])(
    'reads %s as results, byte for byte, in pieces of any size and under any type',
    async (name) => {
      const body = fixture(name);
      for (const size of [1, 7, 100_000]) {
        const headers = { 'content-type': 'application/json' };
        expect(await linesOf(await pollWith(() => new Response(inPieces(body, size), { headers })))).toBe(
          body,
        );
      }
    },
  );

  it('finds the custom_id behind a large answer', async () => {
    const line = `{"response":{"body":"${'x'.repeat(5_000_000)}"},"custom_id":"a"}\n`;
    expect(await linesOf(await poll(line))).toHaveLength(line.length);
  });

  it('decides before the results have all arrived', async () => {
    const first = fixture('one-result.jsonl');
    const endless = new ReadableStream<Uint8Array>({ pull: (to) => to.enqueue(Buffer.from(first)) });
    const answer = await pollWith(() => new Response(endless));
    if (answer.kind !== 'results') throw new Error('not results');
    for await (const chunk of answer.lines) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
  });

  it('turns results inside the status object into lines and keeps their numbers', async () => {
    const answer = await pollWith(() => new Response(inPieces(fixture('siraya-done.json'), 5)));
    expect(answer).toMatchObject({
      kind: 'results',
      report: { state: 'completed', providerBatchId: 'batch_abc123' },
    });
    const lines = (await linesOf(answer)).trimEnd().split('\n');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toContain('9007199254740993');
    expect(lines.map((line) => provider.readLine(Buffer.from(line)).outcome)).toEqual([
      'succeeded',
      'failed',
    ]);
  });

  it('streams large inline results and checks the status that follows them', async () => {
    const items = Array.from({ length: 60 }, (_, n) =>
      JSON.stringify({ custom_id: `${n}`, response: { body: 'x'.repeat(100_000) } }),
    );
    const body = (status: string) => `{"results":[${items.join(',')}],"status":"${status}","id":"b"}`;
    expect(
      (await linesOf(await pollWith(() => new Response(inPieces(body('completed'), 65_536)))))
        .trimEnd()
        .split('\n'),
    ).toEqual(items);
    const early = await pollWith(() => new Response(inPieces(body('processing'), 65_536)));
    await expect(linesOf(early)).rejects.toThrow('before the end');
  });

  it('breaks rather than ends where results break off', async () => {
    const items = Array.from({ length: 60 }, () => `{"custom_id":"a","response":"${'x'.repeat(100_000)}"}`);
    const body = `{"status":"completed","results":[${items.join(',')}`;
    await expect(linesOf(await pollWith(() => new Response(inPieces(body, 65_536))))).rejects.toThrow();
  });

  it('waits for the results of a batch that is done but has not shown them', async () => {
    const late = fixture('flat.json').replace('in_progress', 'completed');
    const waiting = { state: 'completed', resultRefs: [], resultsExpected: true };
    expect(await poll(late)).toMatchObject({ report: { ...waiting, rawStatus: 'completed' } });
    const empty = fixture('siraya-running.json').replace('processing', 'completed');
    expect(await poll(empty)).toMatchObject({ kind: 'report', report: waiting });
    expect(await poll('{"id":"b","status":"failed","error":"no"}')).toMatchObject({
      report: { state: 'failed', resultsExpected: false },
    });
    expect(await poll(fixture('task-done.json'))).toMatchObject({ report: { resultsExpected: false } });
  });

  it('keeps polling on a word it does not know', async () => {
    expect(await poll('{"id":"b","status":"PONDERING"}')).toMatchObject({
      report: { state: 'unknown', rawStatus: 'PONDERING' },
    });
  });
});

describe('cancelling', () => {
  const cancel = (body: string, init: ResponseInit = {}) =>
    provider.cancel(scripted(() => new Response(body, init)).fetch, 'batch_1');

  it('reads both vocabularies', async () => {
    expect(await cancel('{"id":"b","status":"cancelled","cancelled_at":1}')).toMatchObject({
      report: { state: 'cancelled' },
    });
    expect(await cancel('{"id":"b","processing_status":"canceling"}')).toMatchObject({
      report: { state: 'cancelling' },
    });
  });

  it('trusts a 200 without words', async () => {
    expect(await cancel('')).toMatchObject({ kind: 'report', report: { state: 'cancelling' } });
  });
});

describe('fetching results from an address the provider names', () => {
  it('asks it without the key', async () => {
    const { fetch, calls } = scripted(() => new Response(fixture('results.jsonl')));
    const answer = await poll(fixture('task-done.json'));
    if (answer.kind !== 'report') throw new Error('not a report');
    const [source] = provider.results(fetch, answer.report);
    expect(await text(await source?.open())).toBe(fixture('results.jsonl'));
    expect(calls).toMatchObject([{ bare: true, path: expect.stringContaining('//resource.onerouter.pro/') }]);
  });

  it('says in words that they are gone', async () => {
    const { fetch } = scripted(() => new Response('<Error>NoSuchKey</Error>', { status: 404 }));
    const answer = await poll(fixture('task-done.json'));
    if (answer.kind !== 'report') throw new Error('not a report');
    const [source] = provider.results(fetch, answer.report);
    await expect(source?.open()).rejects.toThrow('The results could not be fetched.');
  });
});

describe('looking for a lost create', () => {
  const item = (id: string, nonce: string) => ({
    id,
    status: 'validating',
    metadata: { batchdeck_intent: nonce },
  });

  it('walks the list and keeps what carries the nonce', async () => {
    const { fetch, calls } = scripted(({ path }) =>
      Response.json(
        path.includes('after=')
          ? { data: [item('b3', 'mine')], has_more: false }
          : { data: [item('b1', 'mine'), item('b2', 'other')], has_more: true },
      ),
    );
    const found = await providerFor('inline', 'sandbox').find(fetch, lostCreate('mine'));
    expect(found.map(({ report }) => report.providerBatchId)).toEqual(['b1', 'b3']);
    expect(calls.map((call) => call.path)).toEqual(['/batches?limit=100', '/batches?limit=100&after=b2']);
  });

  it('does not look where nothing can be found', async () => {
    const { fetch, calls } = scripted(() => Response.json({ data: [] }));
    expect(await provider.find(fetch, lostCreate('mine'))).toEqual([]);
    expect(calls).toEqual([]);
  });
});
