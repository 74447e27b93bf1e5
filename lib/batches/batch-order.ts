import 'server-only';
import { type RawBuilder, sql } from 'kysely';
import { z } from 'zod';
import { Refusal } from '#lib/errors';
import type { BatchSort, SortField } from '#lib/model/batch-sort';
import { overPhases } from '#lib/model/phase';

export type SortKey = { key: RawBuilder<string | number>; newestFirst: boolean };

/** Never null, so that a place between two rows can be named on both engines alike. */
const keys: Record<SortField, RawBuilder<string | number>> = {
  created: sql`created_at`,
  finished: sql`coalesce(finished_at, 0)`,
  changed: sql`(select coalesce(max(changed_at), 0) from parts where parts.batch_id = batches.id)`,
  /** What is over has no deadline any more, and stands behind everything that has one. */
  due: sql`case when phase in (${sql.join([...overPhases])}) or expires_at is null then 9007199254740991 else expires_at end`,
  name: sql`name`,
  cost: sql`coalesce(cost_nano, -1)`,
  unanswered: sql`failed + cancelled + expired + missing`,
};

export function orderOf(sort: BatchSort): SortKey {
  const newestFirst = sort.startsWith('-');
  return { key: keys[sort.replace('-', '') as SortField], newestFirst };
}

export type Place = { value: string | number; id: string };

/** The last row of a page, for the next page to begin behind it, whatever came or went meanwhile. */
export function cursorOf({ value, id }: Place): string {
  return Buffer.from(JSON.stringify([value, id])).toString('base64url');
}

const id = z.string().regex(/^bat_[0-9a-f]{32}$/);
const places = { name: z.tuple([z.string(), id]), number: z.tuple([z.int(), id]) };

/** A place in another order is none in this: Postgres compares no text with a number. */
export function placeIn(cursor: string, sort: BatchSort): Place {
  const place = sort.endsWith('name') ? places.name : places.number;
  const parsed = place.safeParse(jsonIn(cursor));
  if (!parsed.success) throw new Refusal('invalid', 'This cursor is not one of ours.');
  const [value, id] = parsed.data;
  return { value, id };
}

function jsonIn(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}
