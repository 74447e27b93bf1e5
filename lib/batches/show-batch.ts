import 'server-only';
import type { Context } from '#lib/context';
import type { Batch, BatchSummary, ConnectionPause, Counts } from '#lib/model/batch';
import { noticesOf } from '#lib/model/notice';
import { overPhases } from '#lib/model/phase';
import { factsOf, iso, spentOf } from '#lib/store/batch-facts';
import { type BatchRow, type IntentRow, type PartRow, partsOf } from '#lib/store/batches';
import { type ConnectionRow, connectionRow } from '#lib/store/connections';
import { isKeyRefused } from '#lib/store/pauses';
import { outlooks } from './outlooks.ts';
import { countsOfPart, showPart } from './show-part.ts';

/** Rows become what the API and the screen speak of, with the names of what they point to. */
export async function showSummaries(ctx: Context, rows: BatchRow[]): Promise<BatchSummary[]> {
  const connections = await connectionsOf(ctx, rows);
  const owners = await ownerNames(ctx, rows);
  const forecasts = await outlooks(ctx.db, rows, ctx.clock());
  const moves = await lastMoves(ctx, rows);
  return rows.map((row) => ({
    ...summary(row, connections.get(row.connection_id), owners.get(row.owner_id ?? '')),
    ...(forecasts.get(row.id) ?? { eta: null, etaUnknown: null }),
    since: iso(moves.get(row.id) ?? row.created_at),
  }));
}

export async function showBatch(ctx: Context, row: BatchRow): Promise<Batch> {
  const [head] = await showSummaries(ctx, [row]);
  if (!head) throw new Error('A batch vanished while it was shown.');
  const parts = await partsOf(ctx.db, [row.id]);
  const intents = await intentsOf(ctx, parts);
  const connection = await connectionRow(ctx.db, ctx.workspace, row.connection_id);
  const calls = { preset: row.preset, baseUrl: connection?.base_url ?? '' };
  const shown = parts.map((part) => showPart(part, intents.get(part.id) ?? [], calls));
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
    parts: shown,
    attempts: attempts.map(({ n, phase }) => ({
      n,
      phase,
      counts: parts
        .filter((part) => part.attempt === n)
        .map(countsOfPart)
        .reduce(addCounts),
    })),
    file,
    spent: spentOf(row),
    headers: JSON.parse(row.headers) as Record<string, string>,
    notices: shown.flatMap((part, n) =>
      noticesOf(part, head.connection.name, parts[n]?.results_until ?? null, ctx.clock()),
    ),
  };
}

type Reached = { name: string; paused: ConnectionPause | null };

async function connectionsOf(ctx: Context, rows: BatchRow[]): Promise<Map<string, Reached>> {
  const ids = [...new Set(rows.map((row) => row.connection_id))];
  if (ids.length === 0) return new Map();
  const found = await ctx.db
    .selectFrom('connections')
    .select(['id', 'name', 'paused_at', 'paused_why'])
    .where('id', 'in', ids)
    .execute();
  const reached = found.map(async (connection): Promise<[string, Reached]> => {
    return [connection.id, { name: connection.name, paused: await pauseOf(ctx, connection) }];
  });
  return new Map(await Promise.all(reached));
}

async function pauseOf(
  ctx: Context,
  connection: Pick<ConnectionRow, 'id' | 'paused_at' | 'paused_why'>,
): Promise<ConnectionPause | null> {
  const { id, paused_at: at, paused_why: why } = connection;
  if (at === null) return null;
  const { n } = await ctx.db
    .selectFrom('batches')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('connection_id', '=', id)
    .where('deleted_at', 'is', null)
    .where('phase', 'not in', overPhases)
    .executeTakeFirstOrThrow();
  const keyRefused = isKeyRefused(connection);
  return { at: iso(at), why: keyRefused ? null : why, keyRefused, waiting: Number(n) };
}

async function intentsOf(ctx: Context, parts: PartRow[]): Promise<Map<string, IntentRow[]>> {
  const ids = parts.map(({ id }) => id);
  const found = await ctx.db
    .selectFrom('intents')
    .selectAll()
    .where('part_id', 'in', ids)
    .orderBy('fence')
    .execute();
  return Map.groupBy(found, ({ part_id }) => part_id);
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
  connection: Reached | undefined,
  owner: string | undefined,
): Omit<BatchSummary, 'eta' | 'etaUnknown' | 'since'> {
  return {
    ...factsOf(row),
    id: row.id,
    attention: row.attention,
    connection: {
      id: row.connection_id,
      name: connection?.name ?? 'deleted connection',
      preset: row.preset,
      paused: connection?.paused ?? null,
    },
    dialect: row.dialect,
    endpoint: row.endpoint,
    completionWindow: row.completion_window,
    owner: row.owner_id === null ? null : { id: row.owner_id, name: owner ?? 'removed member' },
    tags: JSON.parse(row.tags) as string[],
    note: row.note,
    metadata: JSON.parse(row.metadata) as Record<string, string>,
  };
}

function addCounts(a: Counts, b: Counts): Counts {
  const names = Object.keys(a) as (keyof Counts)[];
  return Object.fromEntries(names.map((name) => [name, a[name] + b[name]])) as Counts;
}
