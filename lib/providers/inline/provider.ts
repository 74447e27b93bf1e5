import 'server-only';
import type { Capabilities } from '#lib/model/capabilities';
import { checkBy } from '#lib/providers/check';
import { clean } from '#lib/providers/clean';
import { type Provider, type ProviderFetch, ProviderTrouble } from '#lib/providers/provider';
import { readText } from '#lib/providers/read-text';
import { retryAfterMs } from '#lib/providers/retry-after';
import { send, wordsOf } from './client.ts';
import { create } from './create.ts';
import { reportOf } from './mapper.ts';
import { cancel, poll } from './poll.ts';
import { readLine } from './read-line.ts';
import { type BatchWire, parseList } from './wire.ts';

/** `withCost` is for the sandbox alone: its lines carry a demo price. */
export function inlineProvider(capabilities: Capabilities, { withCost }: { withCost: boolean }): Provider {
  const { countsAre, findsBy } = capabilities;
  return {
    capabilities,
    upload: null,
    create: (fetch, input) => create(fetch, input, capabilities),
    poll: (fetch, id) => poll(fetch, id, countsAre),
    results: (fetch, { resultRefs }) =>
      resultRefs.flatMap((ref) =>
        ref.kind === 'url' ? { role: ref.role, open: () => download(fetch, ref.url) } : [],
      ),
    cancel: (fetch, id) => cancel(fetch, id, countsAre),
    find: async (fetch, { nonce }) => {
      if (findsBy !== 'nonce') return [];
      const found = await batchesWith(fetch, nonce);
      return found.flatMap((batch) => {
        const report = reportOf(batch, '', countsAre);
        const { providerBatchId } = report;
        return providerBatchId === null ? [] : { report: { ...report, providerBatchId }, sure: true };
      });
    },
    check: (fetch) =>
      checkBy(fetch, capabilities.canList ? { list: '/batches?limit=1' } : { nobody: `/batches/${nobody}` }),
    readLine: (line) => readLine(line, withCost),
  };
}

/** The id of no batch, in the form such ids have. */
const nobody = 'batch_00000000-0000-0000-0000-000000000000';

/** The address points wherever the provider likes: it is asked without the key. */
async function download(fetch: ProviderFetch, url: string): Promise<AsyncIterable<Uint8Array>> {
  const sent = await send(fetch, url, { method: 'GET', bare: true });
  if ('unreached' in sent) throw new ProviderTrouble(sent.unreached.message);
  const { response } = sent;
  if (response.ok && response.body) return response.body;
  const { message } = await wordsOf(response);
  throw new ProviderTrouble(
    clean(`The results could not be fetched. ${message}`, 500),
    retryAfterMs(response.headers),
  );
}

const pageSize = 100;
const mostPages = 20;

async function batchesWith(fetch: ProviderFetch, nonce: string): Promise<BatchWire[]> {
  const found: BatchWire[] = [];
  let after = '';
  for (let page = 0; page < mostPages; page++) {
    const sent = await send(fetch, `/batches?limit=${pageSize}${after}`, { method: 'GET' });
    if ('unreached' in sent) throw new ProviderTrouble(sent.unreached.message);
    if (!sent.response.ok) {
      const { message } = await wordsOf(sent.response);
      throw new ProviderTrouble(message, retryAfterMs(sent.response.headers));
    }
    const { items, hasMore } = parseList(parse(await readText(sent.response, 4 * 1024 * 1024)));
    found.push(...items.filter((item) => item.metadata?.batchdeck_intent === nonce));
    const last = items.at(-1);
    if (!hasMore || !last) break;
    after = `&after=${encodeURIComponent(last.id)}`;
  }
  return found;
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new ProviderTrouble('The list of batches could not be read.');
  }
}
