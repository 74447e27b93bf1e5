import 'server-only';
import { type ExpressionBuilder, type Kysely, type RawBuilder, sql, type Updateable } from 'kysely';
import type { Phase } from '#lib/model/phase';
import { type Db, dbNow, unheld } from './engine.ts';
import type { Schema } from './schema.ts';

/** The right to work on a part until the lease ends. Every write names the fence, so a late holder writes nothing. */
export type Claim = { partId: string; fence: number };
/** `now` is the database's time at which it was claimed. */
export type DuePart = Claim & { phase: Phase; batchId: string; connectionId: string | null; now: number };

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

/**
 * One statement: what is due and free goes to one holder, and two who ask at once get different parts. Connections
 * in `full` are left out. What waits for room or for its connection comes due too, to see whether it still must wait.
 */
export async function claimDue(
  db: Db,
  leaseMs: number,
  limit: number,
  full: string[] = [],
): Promise<DuePart[]> {
  const now = dbNow(db);
  return db
    .with('due', (cte) => {
      const due = cte
        .selectFrom('parts')
        .select('id')
        .where('phase', 'in', working)
        .where((eb) => eb.or([eb('hold', 'is', null), eb('hold', 'in', ['queue', 'connection'])]))
        .where('due_at', '<=', now)
        .where('lease_until', '<=', now)
        .orderBy('due_at')
        .limit(limit);
      return unheld(db, full.length === 0 ? due : due.where((eb) => eb.not(sentOver(eb, full))));
    })
    .updateTable('parts')
    .set({ fence: sql`fence + 1`, lease_until: later(db, leaseMs) })
    .where('id', 'in', (eb) => eb.selectFrom('due').select('due.id'))
    .returning((eb) => [
      'id as partId',
      'fence',
      'phase',
      'batch_id as batchId',
      eb
        .selectFrom('batches')
        .select('connection_id')
        .whereRef('batches.id', '=', 'parts.batch_id')
        .as('connectionId'),
      now.as('now'),
    ])
    .execute();
}

function sentOver(eb: ExpressionBuilder<Schema, 'parts'>, connections: string[]) {
  return eb.exists(
    eb
      .selectFrom('batches')
      .select('batches.id')
      .whereRef('batches.id', '=', 'parts.batch_id')
      .where('batches.connection_id', 'in', connections),
  );
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

/**
 * What a person decided ends whatever claim there is, for the new fence refuses its holder's late writes, and lets the
 * part go at once with nothing held against it.
 */
export function takenOver(db: Kysely<Schema>, now: number) {
  return {
    attention: null,
    hold: null,
    failures: 0,
    wait_ms: 0,
    fence: sql<number>`fence + 1`,
    lease_until: 0,
    due_at: dbNow(db),
    changed_at: now,
    moved_at: now,
  };
}

/** Collecting that is broken off because its process is told to stop was no try that killed it. */
export async function breakOff(db: Kysely<Schema>, claim: Claim): Promise<void> {
  await writeHeld(db, claim, {
    fence: sql`fence + 1` as never,
    lease_until: 0,
    tries: sql`case when tries > 0 then tries - 1 else 0 end` as never,
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
