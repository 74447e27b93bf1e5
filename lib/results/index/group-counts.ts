import 'server-only';
import type { DatabaseSync } from 'node:sqlite';

type Span = { count: number; first: number; last: number };

/** How many rows each group has, and where the first and the last of them stand. */
export class GroupCounts {
  readonly #spans = new Map<number, Span>();

  add(group: number, ordinal: number): void {
    const { count, first, last } = this.#spans.get(group) ?? { count: 0, first: ordinal, last: ordinal };
    this.#spans.set(group, {
      count: count + 1,
      first: Math.min(first, ordinal),
      last: Math.max(last, ordinal),
    });
  }

  write(db: DatabaseSync): void {
    const update = db.prepare('update groups set count = ?, first = ?, last = ? where id = ?');
    for (const [id, { count, first, last }] of this.#spans) update.run(count, first, last, id);
  }
}
