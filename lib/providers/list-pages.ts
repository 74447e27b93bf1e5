import 'server-only';
import { z } from 'zod';
import { asList, asNumber, asObject } from '#lib/model/unknown';
import { anything, looseText } from './loose-fields.ts';
import { parseJson } from './parse-json.ts';
import { type ProviderFetch, ProviderTrouble } from './provider.ts';
import { readText } from './read-text.ts';
import { retryAfterMs } from './retry-after.ts';
import { send, wordsOf } from './send.ts';

type Listing = {
  path: string;
  /** What the parameter for the last id seen is called. */
  after: 'after' | 'after_id';
  headers?: Record<string, string>;
};

export type ListPage = {
  items: unknown[] /** How far the provider's clock is ahead of ours. */;
  aheadMs: number;
};

const pageSize = 100;
const mostPages = 20;
const mostBytes = 16 * 1024 * 1024;

/**
 * The pages of a list, as far as the caller wants them. The next one is asked for by the last id or by a cursor,
 * never at an address that the provider names.
 */
export async function* listPages(fetch: ProviderFetch, listing: Listing): AsyncGenerator<ListPage> {
  const seen = new Set<string>();
  let next: string | null = '';
  for (let page = 0; page < mostPages && next !== null; page++) {
    const { headers, body } = await ask(fetch, `${listing.path}?limit=${pageSize}${next}`, listing.headers);
    const { items, cursor, more } = read(body);
    const last = idOf(items.at(-1));
    const news = items.filter((item) => !seen.has(idOf(item)));
    for (const item of news) seen.add(idOf(item));
    yield { items: news, aheadMs: aheadOf(headers) };
    if (news.length === 0) return;
    if (cursor !== '') next = `&cursor=${encodeURIComponent(cursor)}`;
    else next = more && last !== '' ? `&${listing.after}=${encodeURIComponent(last)}` : null;
  }
}

async function ask(fetch: ProviderFetch, path: string, given?: Record<string, string>) {
  const sent = await send(fetch, path, { method: 'GET', headers: given, small: true });
  if ('unreached' in sent) throw new ProviderTrouble(sent.unreached.message);
  const { response } = sent;
  const { headers, status } = response;
  if (!response.ok) {
    throw new ProviderTrouble((await wordsOf(response)).message, retryAfterMs(headers), status);
  }
  const body = parseJson(await readText(response, mostBytes));
  if (body === undefined) throw new ProviderTrouble('The list of batches could not be read.');
  return { headers, body };
}

const shape = z.object({
  data: z.array(z.unknown()).nullable().catch(null),
  has_more: anything,
  next_cursor: looseText,
  paging: z.object({ next_cursor: looseText }).nullable().catch(null),
});

/** Some lists are bare arrays, some say nothing about more: then a full page means that there may be some. */
function read(body: unknown): { items: unknown[]; cursor: string; more: boolean } {
  const bare = asList(body);
  if (bare) return { items: bare, cursor: '', more: false };
  const list = shape.safeParse(body);
  if (!list.success) throw new ProviderTrouble('The list of batches could not be read.');
  const { data, has_more, next_cursor, paging } = list.data;
  const items = data ?? [];
  const cursor = paging?.next_cursor || next_cursor;
  return { items, cursor, more: typeof has_more === 'boolean' ? has_more : items.length >= pageSize };
}

function idOf(item: unknown): string {
  const id = asObject(item)?.id;
  return typeof id === 'string' ? id : String(asNumber(id) ?? '');
}

function aheadOf(headers: Headers): number {
  const theirs = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(theirs) ? 0 : theirs - Date.now();
}
