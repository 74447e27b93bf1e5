import 'server-only';
import { folded } from '#lib/model/folded';
import type { NamedOrder } from '#lib/results/compare-orders';
import type { IndexFiles } from '#lib/results/index-orders';
import type { Slices } from '#lib/results/take-orders';
import type { View } from './open-view.ts';

export type Name = [customId: string, ordinal: number];

const slice = 20_000;

/** All ids in the order of their bytes, those alike in the order of the input. */
export function* namesOf(view: View): Generator<Name> {
  const statement = view.base.db.prepare('select custom_id, ordinal from rows order by custom_id, ordinal');
  statement.setReturnArrays(true);
  for (const row of statement.iterate()) yield row as unknown as Name;
}

/** By ordinal 1 where an id holds the words, whatever their capitals. */
export function* findNamed(view: View, { q }: NamedOrder): Slices<Uint8Array> {
  const words = folded(q);
  const found = new Uint8Array(view.total + 1);
  let n = 0;
  for (const [id, ordinal] of namesOf(view)) {
    if (folded(id).includes(words)) found[ordinal] = 1;
    n += 1;
    if (n % slice === 0) yield undefined;
  }
  return found;
}

export function sampleNames(view: View, { count }: { files: IndexFiles; count: number }): string[] {
  const step = Math.max(1, Math.floor(view.total / count));
  const name = view.base.prepare('select custom_id from rows where rowid = ?');
  return Array.from({ length: Math.min(count, view.total) }, (_, n) =>
    String(name.get(n * step + 1)?.custom_id),
  );
}

export function countShared(view: View, { ids }: { files: IndexFiles; ids: string[] }): number {
  const find = view.base.prepare('select 1 from rows where custom_id = ? limit 1');
  return ids.filter((id) => find.get(id) !== undefined).length;
}
