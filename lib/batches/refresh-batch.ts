import 'server-only';
import type { Kysely, Updateable } from 'kysely';
import { type Attention, attentions, isOver, phaseOf } from '#lib/model/phase';
import { providerFor } from '#lib/providers/registry';
import type { BatchRow, PartRow } from '#lib/store/batches';
import { held } from '#lib/store/engine';
import type { Schema } from '#lib/store/schema';
import { noteProgress } from './note-progress.ts';

type Change = Updateable<Schema['batches']>;
const counted = ['succeeded', 'failed', 'cancelled', 'expired', 'missing'] as const;
type Counts = Record<(typeof counted)[number], number>;

/**
 * A batch is the sum of its parts. Called in the transaction that changed one of them. Of two parts that change at
 * once the second waits for the first here, and then counts it too. Answers how many parts are under way with it.
 */
export async function refreshBatch(
  db: Kysely<Schema>,
  batchId: string,
  now: number,
  more: Change = {},
): Promise<number> {
  const before = await held(
    db,
    db.selectFrom('batches').selectAll().where('id', '=', batchId),
  ).executeTakeFirstOrThrow();
  const all = await db.selectFrom('parts').selectAll().where('batch_id', '=', batchId).execute();
  const attempt = Math.max(...all.map((part) => part.attempt));
  const parts = all.filter((part) => part.attempt === attempt);
  const phase = phaseOf(parts.map((part) => part.phase));
  const { kept } = await db
    .updateTable('attempts')
    .set({ phase })
    .where('batch_id', '=', batchId)
    .where('n', '=', attempt)
    .returning('kept')
    .executeTakeFirstOrThrow();
  const rest = JSON.parse(kept ?? '{}') as Partial<Counts>;
  const counts = Object.fromEntries(
    counted.map((name) => [name, sum(parts, name) + (rest[name] ?? 0)]),
  ) as Counts;
  await db
    .updateTable('batches')
    .set({
      ...more,
      ...firstTimes(before),
      ...costOf(before, all),
      ...expiryOf(parts),
      phase,
      attention: isOver(phase) ? null : mostUrgent(parts),
      ...counts,
      progress: percentOf(parts),
      ...(isOver(phase) ? {} : { finished_at: null }),
    })
    .where('id', '=', batchId)
    .execute();
  if (counted.some((name) => before[name] !== counts[name])) {
    await noteProgress(db, pointOf(before, counts, now), phase !== before.phase);
  }
  return parts.length;
}

function pointOf({ id, workspace }: BatchRow, { succeeded, failed, ...others }: Counts, at: number) {
  const other = others.cancelled + others.expired + others.missing;
  return { batch_id: id, workspace, at, succeeded, failed, other };
}

function sum(parts: PartRow[], name: (typeof counted)[number]): number {
  return parts.reduce((total, part) => total + part[name], 0);
}

/** A batch was sent when its first part was, and began when its first part began. */
function firstTimes({ submitted_at, started_at }: BatchRow): Change {
  return {
    ...(submitted_at === null ? {} : { submitted_at }),
    ...(started_at === null ? {} : { started_at }),
  };
}

/** Every attempt is paid, so every part counts, once. */
function costOf({ dialect, preset }: BatchRow, parts: PartRow[]): Change {
  const known = parts.flatMap(({ cost_nano }) => cost_nano ?? []);
  if (known.length === 0) return {};
  const cost_nano = known.reduce((total, cost) => total + cost, 0);
  const { costSource } = providerFor(dialect, preset).capabilities;
  return { cost_nano, cost_currency: 'USD', cost_source: costSource };
}

function expiryOf(parts: PartRow[]): Change {
  const known = parts.flatMap(({ expires_at }) => expires_at ?? []);
  return known.length === 0 ? {} : { expires_at: Math.max(...known) };
}

/** What the providers say themselves, by the weight of the parts; nothing where one of them keeps silent. */
function percentOf(parts: PartRow[]): number | null {
  let done = 0;
  let total = 0;
  for (const { phase, progress, first_ordinal, last_ordinal } of parts) {
    const said = isOver(phase) ? 100 : progress;
    if (said === null) return null;
    done += said * (last_ordinal - first_ordinal + 1);
    total += last_ordinal - first_ordinal + 1;
  }
  return Math.floor(done / total);
}

/** What only a person can settle comes before what may pass by itself. */
const urgency: Attention[] = ['needs_decision', 'credential_rejected', ...attentions];
function mostUrgent(parts: PartRow[]): Attention | null {
  return urgency.find((attention) => parts.some((part) => part.attention === attention)) ?? null;
}
