import 'server-only';
import { type Kysely, type RawBuilder, sql, type Updateable } from 'kysely';
import type { Phase } from '#lib/model/phase';
import { type Db, dbNow, unheld } from './engine.ts';
import type { Schema } from './schema.ts';

/** The right to work on a part until the lease ends. Every write names the fence, so a late holder writes nothing. */
export type Claim = { partId: string; fence: number };
export type DuePart = Claim & { phase: Phase; batchId: string };

/** Somebody else holds the part now. What the late holder did must not be seen. */
export class ClaimLost extends Error {
  constructor() {
    super('The claim on this part has passed to another holder.');
    this.name = 'ClaimLost';
  }
}

const working: Phase[] = [
  'queued',
  'submitting',
  'pending',
  'running',
  'finishing',
  'cancelling',
  'collecting',
];

/** One statement: what is due and free goes to one holder, and two who ask at once get different parts. */
export async function claimDue(db: Db, leaseMs: number, limit: number): Promise<DuePart[]> {
  const now = dbNow(db);
  return db
    .with('due', (cte) =>
      unheld(
        db,
        cte
          .selectFrom('parts')
          .select('id')
          .where('phase', 'in', working)
          .where('hold', 'is', null)
          .where('due_at', '<=', now)
          .where('lease_until', '<=', now)
          .orderBy('due_at')
          .limit(limit),
      ),
    )
    .updateTable('parts')
    .set({ fence: sql`fence + 1`, lease_until: later(db, leaseMs) })
    .where('id', 'in', (eb) => eb.selectFrom('due').select('due.id'))
    .returning(['id as partId', 'fence', 'phase', 'batch_id as batchId'])
    .execute();
}

export async function renewClaim(db: Db, claim: Claim, leaseMs: number): Promise<void> {
  await writeHeld(db, claim, { lease_until: later(db, leaseMs) as never });
}

/**
 * Gives the part back, to be looked at again in `inMs` by the database's clock. The fence moves on, so that
 * a renewal still on its way cannot take the lease again.
 */
export async function releaseClaim(db: Kysely<Schema>, claim: Claim, inMs: number): Promise<void> {
  await writeHeld(db, claim, {
    fence: sql`fence + 1` as never,
    lease_until: 0,
    due_at: later(db, inMs) as never,
  });
}

function later(db: Kysely<Schema>, ms: number): RawBuilder<number> {
  return sql<number>`${dbNow(db)} + ${Math.round(ms)}`;
}

/** The only way to change a part while working on it. */
export async function writeHeld(
  db: Kysely<Schema>,
  claim: Claim,
  change: Updateable<Schema['parts']>,
): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable('parts')
    .set(change)
    .where('id', '=', claim.partId)
    .where('fence', '=', claim.fence)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw new ClaimLost();
}
