import { expect, test } from 'vitest';
import type { Dialect } from '#lib/model/connection';
import { Unreached } from '#lib/outbound/outbound';
import type { CreateAnswer, Provider, ProviderReport, ResultSource } from './provider.ts';
import { type Call, createInput, fixturesOf, inPieces, lostCreate, scripted, text } from './provider-kit.ts';
import { providerFor } from './registry.ts';

/** Each bar is held by the adapters we have, and by none of the ways that come to mind first. */
type Make = (dialect: Dialect) => Provider;

const preset = { inline: 'infron', openai: 'openai', anthropic: 'anthropic' };
const ours: Make = (dialect) => providerFor(dialect, preset[dialect]);
const openai = fixturesOf('openai');
const anthropic = fixturesOf('anthropic');

async function reported(provider: Provider, body: string): Promise<ProviderReport> {
  const answer = await provider.poll(scripted(() => new Response(body)).fetch, 'b1');
  if (answer.kind !== 'report') throw new Error(answer.kind);
  return answer.report;
}

async function readAll(sources: ResultSource[]): Promise<string> {
  let read = '';
  for (const source of sources) read += await text(await source.open());
  return read;
}

/** What was asked for, and where the key went along. */
async function callsFor(
  provider: Provider,
  report: ProviderReport,
  answer: (call: Call) => Response | Promise<Response>,
) {
  const { fetch, calls } = scripted(answer);
  await readAll(provider.results(fetch, report)).catch(() => '');
  return calls.map(({ path, bare, named }) => `${bare ? 'bare ' : named ? 'named ' : ''}${path}`);
}

const bars: Record<string, (make: Make) => Promise<void>> = {
  'no id leaves its place, and no named address gets the key': async (make) => {
    const bent = openai('completed.json').replace('file-OutMv3cS8jUuZbQ1', '../../admin');
    const report = await reported(make('openai'), bent);
    const asked = await callsFor(make('openai'), report, () => new Response(''));
    expect(asked.filter((path) => path.includes('..'))).toEqual([]);
    expect(report.errors[0]?.message).toContain('was not fetched');
    const foreign = anthropic('ended.json').replace('https://api.anthropic.com', 'https://evil.example');
    const elsewhere = (path: string) => !path.startsWith('named ') && path.includes('evil.example');
    const own = await callsFor(make('anthropic'), await reported(make('anthropic'), foreign), ({ named }) =>
      named ? Promise.reject(new Unreached('blocked', false, 'no')) : new Response('', { status: 404 }),
    );
    expect(own.filter(elsewhere)).toEqual([]);
    const task = await reported(make('inline'), fixturesOf('inline')('task-done.json'));
    expect(await callsFor(make('inline'), task, () => new Response(''))).toEqual([
      expect.stringMatching(/^bare https:/),
    ]);
  },
  'what is not a file of results is not taken for one, and what is comes byte for byte': async (make) => {
    const report = await reported(make('openai'), openai('cancelled-partial.json'));
    const wrong = ['{"error":{"message":"not ready"}}', '<html>busy</html>'];
    for (const body of wrong) {
      const sources = make('openai').results(scripted(() => new Response(body)).fetch, report);
      await expect(readAll(sources)).rejects.toThrow();
    }
    const whole = `\ufeff${openai('output.jsonl')}\r\n{"custom_id":"cut","resp`;
    for (const size of [1, 2, 5, 1_000]) {
      const { fetch } = scripted(() => new Response(inPieces(whole, size)));
      expect(await readAll(make('openai').results(fetch, report))).toBe(whole);
    }
  },
  'both files are read, output first, in every end': async (make) => {
    for (const state of ['completed', 'failed', 'expired', 'cancelled']) {
      const body = openai('completed.json').replace('"status": "completed"', `"status": "${state}"`);
      const asked = await callsFor(
        make('openai'),
        await reported(make('openai'), body),
        () => new Response(''),
      );
      expect(asked).toEqual(['/files/file-OutMv3cS8jUuZbQ1/content', '/files/file-ErrKd92hT0aWxYz4/content']);
    }
  },
  'no word, count or lag ends a batch that is not over': async (make) => {
    const openaiSays = async (batch: object) =>
      reported(make('openai'), JSON.stringify({ id: 'b', ...batch }));
    for (const status of ['PONDERING', '', 'in_progress', 'canceling']) {
      const counts = { total: 2, completed: 2, failed: 0 };
      expect(await openaiSays({ status, request_counts: counts })).toMatchObject({ resultRefs: [] });
      expect(['unknown', 'running', 'cancelling']).toContain((await openaiSays({ status })).state);
    }
    expect(await reported(make('openai'), openai('completed-lagging.json'))).toMatchObject({
      resultsExpected: true,
    });
    expect(await openaiSays({ status: 'ended', cancelled_at: 1 })).toMatchObject({ state: 'cancelled' });
  },
  'what may have been accepted is lost, and found again only by our mark': async (make) => {
    const create = (answer: () => Response | Promise<Response>): Promise<CreateAnswer> =>
      make('openai').create(scripted(answer).fetch, createInput({ inputFileId: 'f' }));
    for (const status of [500, 502, 503, 504, 408, 409]) {
      expect((await create(() => new Response('{}', { status }))).kind).toBe('lost');
    }
    expect((await create(() => Promise.reject(new Unreached('reset', true, '')))).kind).toBe('lost');
    expect((await create(() => new Response('{}'))).kind).toBe('lost');
    const { fetch } = scripted(() => new Response(openai('list-1.json').replace('true', 'false')));
    const lost = lostCreate('req_1', { sentAt: 1736792717_000, inputFileId: 'file-a', requests: 0 });
    expect(await make('openai').find(fetch, lost)).toEqual([]);
  },
};

test.each(Object.entries(bars))('%s', async (_, bar) => {
  await bar(ours);
});

/** Our adapter with one thing done the way that comes to mind first. */
function naive(dialect: Dialect, change: (provider: Provider) => Partial<Provider>): Make {
  return (asked) => {
    const provider = ours(asked);
    return asked === dialect ? { ...provider, ...change(provider) } : provider;
  };
}

const followingUrls = naive('anthropic', () => ({
  results: (fetch, { resultRefs }) =>
    resultRefs.flatMap((ref) =>
      ref.kind === 'url'
        ? {
            role: ref.role,
            open: async () => (await fetch(ref.url, { method: 'GET' })).body ?? new ReadableStream(),
          }
        : [],
    ),
}));
const trustingIds = naive('openai', (provider) => ({
  poll: async (fetch, id) => {
    const answer = await provider.poll(fetch, id);
    if (answer.kind !== 'report') return answer;
    const { output_file_id } = JSON.parse(answer.report.raw);
    const resultRefs: ProviderReport['resultRefs'] = [{ kind: 'file', id: output_file_id, role: 'output' }];
    return { ...answer, report: { ...answer.report, resultRefs } };
  },
  results: (fetch, { resultRefs }) =>
    resultRefs.flatMap((ref) =>
      ref.kind === 'file'
        ? {
            role: ref.role,
            open: async () =>
              oneChunk(await (await fetch(`/files/${ref.id}/content`, { method: 'GET' })).text()),
          }
        : [],
    ),
}));
const readingOutputOnly = naive('openai', (provider) => ({
  results: (fetch, report) =>
    provider.results(fetch, report).filter(({ role }) => role === 'output' && report.state === 'completed'),
}));
const endingByCounts = naive('openai', (provider) => ({
  poll: async (fetch, id) => {
    const answer = await provider.poll(fetch, id);
    if (answer.kind !== 'report') return answer;
    const { counts, state } = answer.report;
    const over = counts?.succeeded === counts?.total || state === 'unknown';
    return { ...answer, report: { ...answer.report, ...(over ? { state: 'completed' as const } : {}) } };
  },
}));
const refusingWhatFailed = naive('openai', () => ({
  create: async (fetch) => {
    const response = await fetch('/batches', { method: 'POST', body: '{}' }).catch(() => null);
    const httpStatus = response?.status ?? 0;
    return { kind: 'refused', code: 'http', message: 'no', httpStatus };
  },
}));
const takingTheNewest = naive('openai', (provider) => ({
  find: async (fetch) => {
    const response = await fetch('/batches?limit=1', { method: 'GET' });
    const [newest] = (await response.json()).data;
    const report = await reported(provider, JSON.stringify(newest));
    return [{ report: { ...report, providerBatchId: newest.id }, sure: true }];
  },
}));

async function* oneChunk(body: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(body);
}

test.each<[string, string, Make]>([
  ['no id leaves its place', 'follows the address it was named, with the key', followingUrls],
  ['no id leaves its place', 'puts ids into paths as they come', trustingIds],
  ['what is not a file of results', 'takes whatever comes for lines', trustingIds],
  ['both files are read', 'reads the output of what was completed', readingOutputOnly],
  ['no word, count or lag', 'ends a batch when its counts are full', endingByCounts],
  ['what may have been accepted is lost', 'calls everything that failed refused', refusingWhatFailed],
  ['what may have been accepted is lost', 'takes the newest batch of the list for its own', takingTheNewest],
])('that %s is not held by an adapter that %s', async (bar, _, make) => {
  const [found] = Object.entries(bars).filter(([name]) => name.startsWith(bar));
  await expect(found?.[1](make)).rejects.toThrow();
});
