import 'server-only';
import type { Kysely } from 'kysely';
import { workspace } from '#lib/context';
import { newId } from '#lib/model/id';
import type { Schema } from '#lib/store/schema';
import type { PlannedPart } from './plan-parts.ts';

/** So many rows go into one statement. */
const atOnce = 100;

export const nothingYet = { succeeded: 0, failed: 0, cancelled: 0, expired: 0, missing: 0 };

/** One row a part, queued; the clock takes them from here. */
export async function insertParts(
  db: Kysely<Schema>,
  { batchId, attempt, now }: { batchId: string; attempt: number; now: number },
  planned: PlannedPart[],
): Promise<void> {
  const rows = planned.map(({ first, last, firstByte, lastByte }, index) => ({
    id: newId('prt'),
    workspace,
    batch_id: batchId,
    attempt,
    n: index + 1,
    phase: 'queued' as const,
    first_ordinal: first,
    last_ordinal: last,
    first_byte: firstByte,
    last_byte: lastByte,
    ...nothingYet,
    segments: '[]',
    fence: 0,
    lease_until: 0,
    due_at: 0,
    wait_ms: 0,
    failures: 0,
    tries: 0,
    changed_at: now,
    hold: null,
    attention: null,
    ends_as: null,
    provider_batch_id: null,
    raw_status: null,
    raw_answer: null,
    error: null,
    cancel_asked_at: null,
    cancel_sent_at: null,
    checked_at: null,
  }));
  for (let at = 0; at < rows.length; at += atOnce) {
    await db
      .insertInto('parts')
      .values(rows.slice(at, at + atOnce))
      .execute();
  }
}
