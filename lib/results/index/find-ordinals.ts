import 'server-only';
import { isUnfiltered, type ResultSort, type ResultsFilter } from '#lib/model/result-query';
import type { Asked, IndexFiles } from '#lib/results/index-orders';
import type { Slices } from '#lib/results/take-orders';
import { findWords } from './find-words.ts';
import { meantBy } from './meant-by.ts';
import { narrowByFields } from './narrow-by-fields.ts';
import type { View } from './open-view.ts';
import { orderOf } from './order-of.ts';

/** So many ordinals and searches are remembered for one index. */
const mostKept = 4_000_000;
const mostSearches = 4;

/** The ordinals of all results that are meant, in order. Asked again, they are known. */
export function* findOrdinals(view: View, { filter, sort = 'ordinal', files }: Asked): Slices<Uint32Array> {
  if (isUnfiltered(filter)) return yield* orderOf(view, sort, files);
  const asked = JSON.stringify([filter, sort]);
  const known = view.found.get(asked) ?? (yield* find(view, filter, sort, files));
  view.found.delete(asked);
  view.found.set(asked, known);
  for (const oldest of view.found.keys()) {
    if (oldest === asked || sizeOf(view) <= mostKept) break;
    view.found.delete(oldest);
  }
  return known;
}

function* find(view: View, filter: ResultsFilter, sort: ResultSort, files: IndexFiles): Slices<Uint32Array> {
  const hits = filter.q ? yield* hitsOf(view, files.texts, filter.q) : null;
  const order = yield* orderOf(view, sort, files);
  const marks = meantBy(view, filter);
  yield* narrowByFields(view, files, filter.where ?? [], marks);
  return order.filter((ordinal) => marks[ordinal] === 1 && hits?.[ordinal] !== 0);
}

/** By ordinal, where the words stand. They are looked for once. */
export function* hitsOf(view: View, texts: string[] | undefined, words: string): Slices<Uint8Array> {
  if (texts === undefined) throw new Error('A search was asked for without the texts to search in.');
  const hits = view.hits.get(words) ?? (yield* findWords(texts, words, view.total, view.column('attempt')));
  view.hits.set(words, hits);
  for (const oldest of view.hits.keys()) if (view.hits.size > mostSearches) view.hits.delete(oldest);
  return hits;
}

function sizeOf({ found }: View): number {
  return found.values().reduce((sum, { length }) => sum + length, 0);
}
