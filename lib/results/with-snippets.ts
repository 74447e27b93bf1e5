import 'server-only';
import type { Context } from '#lib/context';
import { answerOf, answerWords, requestWords } from '#lib/model/conversation';
import { folded } from '#lib/model/folded';
import type { Hit, HitPlace } from '#lib/model/result';
import type { IndexedRow, Page } from './index-orders.ts';
import { type InBlob, placesOf } from './places-of.ts';

/** So much is read and parsed for the snippets of one page; what is longer is found all the same. */
const mostBytesALine = 256 * 1024;
const mostBytesAPage = 4 * 1024 * 1024;
const before = 40;
const after = 120;

/** Rows that a search has found, with the words as they were written and a little of what stands around them. */
export async function withSnippets(
  ctx: Pick<Context, 'blobs'>,
  { rows, sources }: Page,
  q: string,
): Promise<IndexedRow[]> {
  let left = mostBytesAPage;
  return Promise.all(
    rows.map(async (row) => {
      const place = row.hit && nearest(row.hit.in);
      if (!row.hit || !place) return row;
      if (place === 'customId') return withSnippet(row, place, row.customId, q);
      const { request, response } = placesOf({ ...sources, row });
      const line = place === 'prompt' ? request : response;
      if (line === null || line.length > mostBytesALine || line.length > left) return row;
      left -= line.length;
      return withSnippet(row, place, wordsIn(await read(ctx, line), place), q);
    }),
  );
}

/** What people look for is most often what was answered. */
function nearest(places: HitPlace[]): HitPlace | undefined {
  return (['answer', 'prompt', 'customId'] as const).find((place) => places.includes(place));
}

function withSnippet(row: IndexedRow, place: HitPlace, words: string, q: string): IndexedRow {
  const hit = row.hit as Hit;
  return { ...row, hit: { ...hit, snippet: snippetOf(place, words, q) } };
}

export function snippetOf(place: HitPlace, words: string, q: string): Hit['snippet'] {
  const small = folded(words);
  // A few capitals are longer than their small letters; then what is shown is small throughout.
  const shown = small.length === words.length ? words : small;
  const at = small.indexOf(folded(q));
  if (at === -1) return null;
  const end = at + folded(q).length;
  return {
    in: place,
    before: shown.slice(Math.max(0, at - before), at).toWellFormed(),
    match: shown.slice(at, Math.min(end, at + after)).toWellFormed(),
    after: shown.slice(end, end + after).toWellFormed(),
  };
}

function wordsIn(line: string, place: HitPlace): string {
  try {
    const parsed = JSON.parse(line) as unknown;
    return place === 'prompt' ? requestWords(parsed) : answerWords(answerOf(parsed));
  } catch {
    return line;
  }
}

async function read({ blobs }: Pick<Context, 'blobs'>, { key, offset, length }: InBlob): Promise<string> {
  const chunks = await Array.fromAsync(blobs.read(key, { offset, length }));
  return new TextDecoder().decode(Buffer.concat(chunks));
}
