import { describe, expect, it } from 'vitest';
import { Unreached } from '#lib/outbound/outbound';
import type { ProviderReport } from '#lib/providers/provider';
import {
  type Call,
  createInput,
  fixturesOf,
  inPieces,
  lostCreate,
  scripted,
  text,
} from '#lib/providers/provider-kit';
import { providerFor } from '#lib/providers/registry';

const fixture = fixturesOf('anthropic');
const provider = providerFor('anthropic', 'anthropic');
const id = 'msgbatch_01HkcTjaV5uDC8jWR4ZsDV8d';
const poll = (body: string, init: ResponseInit = {}) =>
  provider.poll(scripted(() => new Response(body, init)).fetch, id);

async function reported(name: string): Promise<ProviderReport> {
  const answer = await poll(fixture(name));
  if (answer.kind !== 'report') throw new Error(answer.kind);
  return answer.report;
}

describe('creating', () => {
  const odd = '{"custom_id":"a","params":{"n":9007199254740993,"s":"\u2028"}}';
  async function* lines() {
    yield Buffer.from(odd);
    yield Buffer.from('{"custom_id":"b","params":{}}');
  }
  const create = async (answer: () => Response) => {
    const { fetch, calls } = scripted(answer);
    return {
      result: await provider.create(fetch, createInput({ lines, metadata: { team: 'blue' } })),
      calls,
    };
  };

  it('hears a refusal in Anthropic’s words', async () => {
    const { result } = await create(() => new Response(fixture('too-large.json'), { status: 413 }));
    expect(result).toMatchObject({
      kind: 'refused',
      code: 'request_too_large',
      message: 'Request exceeds the maximum size',
    });
  });

  it('sends every line as the bytes it was, and nothing else', async () => {
    const { result, calls } = await create(() => new Response(fixture('create.json')));
    const document = `{"requests":[${odd},{"custom_id":"b","params":{}}]}`;
    expect(calls).toMatchObject([
      {
        path: '/messages/batches',
        method: 'POST',
        body: document,
        headers: {
          'anthropic-version': '2023-06-01',
          'content-type': 'application/json',
          'content-length': String(Buffer.byteLength(document)),
        },
      },
    ]);
    expect(result).toMatchObject({
      kind: 'accepted',
      report: {
        providerBatchId: id,
        state: 'running',
        rawStatus: 'in_progress',
        counts: null,
        createdAt: Date.parse('2025-01-12T05:59:14.154Z'),
        expiresAt: Date.parse('2025-01-13T05:59:14.154Z'),
      },
    });
  });
});

describe('polling', () => {
  it.each([
    ['create.json', { state: 'running', counts: null, resultRefs: [], resultsExpected: false }],
    ['canceling.json', { state: 'cancelling', counts: null }],
    [
      'ended.json',
      {
        state: 'completed',
        rawStatus: 'ended',
        counts: { total: 4, succeeded: 1, failed: 1, cancelled: 1, expired: 1 },
        resultRefs: [{ kind: 'url', role: 'output' }],
        resultsExpected: false,
      },
    ],
    ['ended-canceled.json', { state: 'cancelled', counts: { total: 4, succeeded: 1, cancelled: 3 } }],
    ['ended-expired.json', { state: 'expired', counts: { total: 4, expired: 4 } }],
    [
      'archived.json',
      { state: 'completed', resultRefs: [], resultsExpected: false, errors: [{ code: 'archived' }] },
    ],
  ])('reads %s', async (name, expected) => {
    expect(await reported(name)).toMatchObject(expected);
  });

  it('looks again where the end came before the address of the results', async () => {
    const early = fixture('ended.json').replace(/"results_url": "[^"]*"/, '"results_url": null');
    expect(await poll(early)).toMatchObject({
      report: { state: 'completed', resultRefs: [], resultsExpected: true },
    });
  });
});

describe('fetching results', () => {
  const own = `/messages/batches/${id}/results`;
  const open = async (report: ProviderReport, answer: (call: Call) => Response | Promise<Response>) => {
    const { fetch, calls } = scripted(answer);
    const sources = provider.results(fetch, report);
    const read = sources[0] ? await sources[0].open().then(text, (error: Error) => error.message) : null;
    return { read, calls: calls.map(({ path, named, bare }) => ({ path, named, bare })) };
  };

  it('asks the batch’s own path with the key, and takes them without a type and in pieces of any size', async () => {
    for (const size of [1, 5, 100_000]) {
      const { read, calls } = await open(
        await reported('ended.json'),
        () => new Response(inPieces(fixture('results.jsonl'), size)),
      );
      expect(read).toBe(fixture('results.jsonl'));
      expect(calls).toEqual([{ path: own, named: false, bare: false }]);
    }
  });

  it('asks for them too where the address never came, and for none that were put away', async () => {
    const early = { ...(await reported('ended.json')), resultRefs: [], resultsExpected: true };
    expect((await open(early, () => new Response('{"custom_id":"a"}\n'))).calls).toHaveLength(1);
    expect((await open(await reported('archived.json'), () => new Response(''))).calls).toEqual([]);
    expect((await open(await reported('create.json'), () => new Response(''))).calls).toEqual([]);
  });

  it('follows the named address only on the bound origin, and refuses another in words', async () => {
    const report = await reported('ended.json');
    const url = 'https://elsewhere.example/results';
    const foreign: ProviderReport = { ...report, resultRefs: [{ kind: 'url', url, role: 'output' }] };
    const notFound = () => new Response(fixture('not-found.json'), { status: 404 });
    const blocked = new Unreached('blocked', false, 'This address is not the one the key is bound to.');
    const refused = await open(foreign, ({ named }) => (named ? Promise.reject(blocked) : notFound()));
    expect(refused.read).toBe(
      'The results could not be fetched. This address is not the one the key is bound to.',
    );
    expect(refused.calls).toEqual([
      { path: own, named: false, bare: false },
      { path: url, named: true, bare: false },
    ]);
    const there = await open(report, ({ named }) => (named ? new Response('{"custom_id":"a"}') : notFound()));
    expect(there.read).toBe('{"custom_id":"a"}');
    const busy = await open(foreign, () => new Response('', { status: 503 }));
    expect(busy.calls).toHaveLength(1);
  });
});

describe('looking for a lost create', () => {
  const find = async (given: object) => {
    const { fetch, calls } = scripted(
      ({ path }) => new Response(fixture(path.includes('after_id=') ? 'list-2.json' : 'list-1.json')),
    );
    const sentAt = Date.parse('2025-01-12T05:59:10Z');
    const found = await provider.find(fetch, lostCreate('req_1', { sentAt, requests: 4, ...given }));
    return { found: found.map(({ report, sure }) => [report.providerBatchId, sure]), calls };
  };

  it('offers what was created then and is as large, and is sure of none', async () => {
    const { found, calls } = await find({});
    expect(found).toEqual([['msgbatch_a', false]]);
    expect(calls.map(({ path }) => path)).toEqual([
      '/messages/batches?limit=100',
      '/messages/batches?limit=100&after_id=msgbatch_b',
    ]);
    expect(calls[0]?.headers['anthropic-version']).toBe('2023-06-01');
  });

  it('tells batches apart by their size', async () => {
    expect((await find({ requests: 9 })).found).toEqual([['msgbatch_b', false]]);
    expect((await find({ requests: 5 })).found).toEqual([]);
  });
});
