import 'server-only';
import type { Context } from '#lib/context';
import type { Batch, BatchPart, BatchSummary, Counts } from '#lib/model/batch';
import { isOver } from '#lib/model/phase';
import { countsOf, factsOf, iso } from '#lib/store/batch-facts';
import { type BatchRow, type PartRow, partsOf } from '#lib/store/batches';

/** Rows become what the API and the screen speak of, with the names of what they point to. */
export async function showSummaries(ctx: Context, rows: BatchRow[]): Promise<BatchSummary[]> {
  const connections = await connectionNames(ctx, rows);
  const owners = await ownerNames(ctx, rows);
  const moves = await lastMoves(ctx, rows);
  return rows.map((row) => ({
    ...summary(row, connections.get(row.connection_id), owners.get(row.owner_id ?? '')),
    since: iso(moves.get(row.id) ?? row.created_at),
  }));
}

export async function showBatch(ctx: Context, row: BatchRow): Promise<Batch> {
  const [head] = await showSummaries(ctx, [row]);
  if (!head) throw new Error('A batch vanished while it was shown.');
  const parts = await partsOf(ctx.db, [row.id]);
  const attempts = await ctx.db
    .selectFrom('attempts')
    .selectAll()
    .where('batch_id', '=', row.id)
    .orderBy('n')
    .execute();
  const file = await ctx.db
    .selectFrom('files')
    .select(['id', 'name', 'bytes'])
    .where('id', '=', row.file_id)
    .executeTakeFirstOrThrow();
  return {
    ...head,
    parts: parts.map((part) => showPart(part)),
    attempts: attempts.map(({ n, phase }) => ({
      n,
      phase,
      counts: parts
        .filter((part) => part.attempt === n)
        .map(countsOfPart)
        .reduce(addCounts),
    })),
    file,
  };
}

async function connectionNames(ctx: Context, rows: BatchRow[]): Promise<Map<string, string>> {
  const ids = [...new Set(rows.map((row) => row.connection_id))];
  if (ids.length === 0) return new Map();
  const found = await ctx.db
    .selectFrom('connections')
    .select(['id', 'name'])
    .where('id', 'in', ids)
    .execute();
  return new Map(found.map(({ id, name }) => [id, name]));
}

async function ownerNames(ctx: Context, rows: BatchRow[]): Promise<Map<string, string>> {
  const ids = [...new Set(rows.map((row) => row.owner_id).filter((id) => id !== null))];
  if (ids.length === 0) return new Map();
  const found = await ctx.db.selectFrom('users').select(['id', 'email']).where('id', 'in', ids).execute();
  return new Map(found.map(({ id, email }) => [id, email]));
}

async function lastMoves(ctx: Context, rows: BatchRow[]): Promise<Map<string, number>> {
  if (rows.length === 0) return new Map();
  const found = await ctx.db
    .selectFrom('parts')
    .select((eb) => ['batch_id', eb.fn.max('changed_at').as('at')])
    .where(
      'batch_id',
      'in',
      rows.map(({ id }) => id),
    )
    .groupBy('batch_id')
    .execute();
  return new Map(found.map(({ batch_id, at }) => [batch_id, at]));
}

function summary(
  row: BatchRow,
  connection: string | undefined,
  owner: string | undefined,
): Omit<BatchSummary, 'since'> {
  return {
    ...factsOf(row),
    id: row.id,
    attention: row.attention,
    connection: { id: row.connection_id, name: connection ?? 'deleted connection', preset: row.preset },
    dialect: row.dialect,
    endpoint: row.endpoint,
    completionWindow: row.completion_window,
    eta: null,
    owner: row.owner_id === null ? null : { id: row.owner_id, name: owner ?? 'removed member' },
    tags: JSON.parse(row.tags) as string[],
    note: row.note,
  };
}

function showPart(part: PartRow): BatchPart {
  return {
    id: part.id,
    attempt: part.attempt,
    n: part.n,
    phase: part.phase,
    rawStatus: part.raw_status,
    rawAnswer: part.raw_answer,
    providerBatchId: part.provider_batch_id,
    counts: countsOfPart(part),
    hold: part.hold,
    error: part.error === null ? null : (JSON.parse(part.error) as { code: string; message: string }),
    nextCheckAt: isOver(part.phase) || part.due_at === 0 ? null : iso(part.due_at),
  };
}

function countsOfPart(part: PartRow): Counts {
  return countsOf(part, part.last_ordinal - part.first_ordinal + 1, isOver(part.phase));
}

function addCounts(a: Counts, b: Counts): Counts {
  const names = Object.keys(a) as (keyof Counts)[];
  return Object.fromEntries(names.map((name) => [name, a[name] + b[name]])) as Counts;
}
