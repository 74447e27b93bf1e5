import 'server-only';
import type { Eta, EtaUnknown } from '#lib/model/batch';
import { etaOf } from '#lib/model/eta';
import { isOver } from '#lib/model/phase';
import { countsOf, iso } from '#lib/store/batch-facts';
import type { BatchRow } from '#lib/store/batches';
import type { Db } from '#lib/store/engine';

type Forecast = { eta: Eta | null; etaUnknown: EtaUnknown | null };
type Past = Pick<BatchRow, 'connection_id' | 'total' | 'submitted_at' | 'finished_at'>;

const most = 200;

/** When each of these batches will be done, or why nobody can say. What is over needs no forecast. */
export async function outlooks(db: Db, rows: BatchRow[], now: number): Promise<Map<string, Forecast>> {
  const going = rows.filter(({ phase }) => !isOver(phase));
  if (going.length === 0) return new Map();
  const moved = await lastMoves(
    db,
    going.map(({ id }) => id),
  );
  const past = await finished(db, [...new Set(going.map((row) => row.connection_id))]);
  return new Map(going.map((row) => [row.id, forecast(row, moved.get(row.id) ?? null, past, now)]));
}

function forecast(row: BatchRow, movedAt: number | null, past: Past[], now: number): Forecast {
  const span = etaOf({
    phase: row.phase,
    counts: countsOf(row, row.total, false),
    countsAre: row.counts_are,
    submittedAt: row.submitted_at,
    startedAt: row.started_at,
    movedAt,
    took: past.flatMap((other) => timeOf(row, other) ?? []),
    now,
  });
  if (typeof span === 'string') return { eta: null, etaUnknown: span };
  return { eta: { ...span, from: iso(span.from), to: iso(span.to) }, etaUnknown: null };
}

/** Only what is about as large says anything. */
function timeOf(row: BatchRow, { connection_id, total, submitted_at, finished_at }: Past): number | null {
  const alike = connection_id === row.connection_id && total >= row.total / 2 && total <= row.total * 2;
  return alike && submitted_at !== null && finished_at !== null
    ? Math.max(0, finished_at - submitted_at)
    : null;
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

async function finished(db: Db, connectionIds: string[]): Promise<Past[]> {
  return db
    .selectFrom('batches')
    .select(['connection_id', 'total', 'submitted_at', 'finished_at'])
    .where('connection_id', 'in', connectionIds)
    .where('phase', '=', 'completed')
    .where('finished_at', 'is not', null)
    .orderBy('finished_at', 'desc')
    .limit(most)
    .execute();
}
