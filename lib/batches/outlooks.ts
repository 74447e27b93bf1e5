import 'server-only';
import type { Eta, EtaUnknown } from '#lib/model/batch';
import { etaOf } from '#lib/model/eta';
import { isOver } from '#lib/model/phase';
import { countsOf, iso } from '#lib/store/batch-facts';
import type { BatchRow } from '#lib/store/batches';
import type { Db } from '#lib/store/engine';
import { type PastBatchRow, pastBatches, tookOf } from '#lib/store/past-batches';

type Forecast = { eta: Eta | null; etaUnknown: EtaUnknown | null };
type Past = Map<string, PastBatchRow[]>;

/** When each of these batches will be done, or why nobody can say. What is over needs no forecast. */
export async function outlooks(db: Db, rows: BatchRow[], now: number): Promise<Map<string, Forecast>> {
  const going = rows.filter(({ phase }) => !isOver(phase));
  if (going.length === 0) return new Map();
  const moved = await lastMoves(
    db,
    going.map(({ id }) => id),
  );
  const past: Past = new Map();
  for (const id of new Set(going.map((row) => row.connection_id))) past.set(id, await pastBatches(db, id));
  return new Map(going.map((row) => [row.id, forecast(row, moved.get(row.id) ?? null, past, now)]));
}

function forecast(row: BatchRow, movedAt: number | null, past: Past, now: number): Forecast {
  const span = etaOf({
    phase: row.phase,
    counts: countsOf(row, row.total, false),
    countsAre: row.counts_are,
    submittedAt: row.submitted_at,
    startedAt: row.started_at,
    movedAt,
    took: (past.get(row.connection_id) ?? []).flatMap((other) => timeOf(row, other) ?? []),
    now,
  });
  if (typeof span === 'string') return { eta: null, etaUnknown: span };
  return { eta: { ...span, from: iso(span.from), to: iso(span.to) }, etaUnknown: null };
}

/** Only what is about as large says anything. */
function timeOf(row: BatchRow, other: PastBatchRow): number | null {
  const alike = other.total >= row.total / 2 && other.total <= row.total * 2;
  return alike ? tookOf(other) : null;
}

async function lastMoves(db: Db, batchIds: string[]): Promise<Map<string, number | null>> {
  const moves = await db
    .selectFrom('parts')
    .select((eb) => ['batch_id', eb.fn.max('moved_at').as('at')])
    .where('batch_id', 'in', batchIds)
    .groupBy('batch_id')
    .execute();
  return new Map(moves.map(({ batch_id, at }) => [batch_id, at]));
}
