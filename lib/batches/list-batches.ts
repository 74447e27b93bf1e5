import 'server-only';
import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely';
import { boundConnection, demand } from '#lib/auth/permissions';
import type { Context } from '#lib/context';
import { Refusal } from '#lib/errors';
import type { BatchSummary } from '#lib/model/batch';
import type { BatchesQuery } from '#lib/model/batch.schema';
import { overPhases } from '#lib/model/phase';
import { folded } from '#lib/store/engine';
import type { Schema } from '#lib/store/schema';
import { showSummaries } from './show-batch.ts';

export type BatchList = { items: BatchSummary[]; nextCursor: string | null; total: number };
export type BatchView = NonNullable<BatchesQuery['view']>;
type Where = ExpressionBuilder<Schema, 'batches'>;

export async function listBatches(ctx: Context, query: BatchesQuery): Promise<BatchList> {
  demand(ctx, 'read');
  const newestFirst = query.sort === '-created';
  const after = query.cursor === undefined ? null : readCursor(query.cursor);
  let page = ctx.db
    .selectFrom('batches')
    .selectAll()
    .where((eb) => matches(eb, ctx, query));
  if (after) {
    const compare = newestFirst ? '<' : '>';
    page = page.where((eb) =>
      eb.or([
        eb('created_at', compare, after.at),
        eb.and([eb('created_at', '=', after.at), eb('id', compare, after.id)]),
      ]),
    );
  }
  const direction = newestFirst ? 'desc' : 'asc';
  const rows = await page
    .orderBy('created_at', direction)
    .orderBy('id', direction)
    .limit(query.limit + 1)
    .execute();
  const items = rows.slice(0, query.limit);
  const last = rows.length > query.limit ? items.at(-1) : undefined;
  return {
    items: await showSummaries(ctx, items),
    nextCursor: last ? `${last.created_at}.${last.id}` : null,
    total: await countBatches(ctx, query),
  };
}

/** How many batches stand behind each tile of the list. */
export async function countViews(ctx: Context): Promise<Record<BatchView, number>> {
  demand(ctx, 'read');
  const count = (view: BatchView) => countBatches(ctx, { view, sort: '-created', limit: 1 });
  return {
    'needs-you': await count('needs-you'),
    running: await count('running'),
    today: await count('today'),
    all: await count('all'),
  };
}

async function countBatches(ctx: Context, query: BatchesQuery): Promise<number> {
  const { n } = await ctx.db
    .selectFrom('batches')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where((eb) => matches(eb, ctx, query))
    .executeTakeFirstOrThrow();
  return Number(n);
}

function matches(eb: Where, ctx: Context, query: BatchesQuery) {
  const all: Expression<SqlBool>[] = [eb('workspace', '=', ctx.workspace), eb('deleted_at', 'is', null)];
  const only = boundConnection(ctx);
  if (only !== null) all.push(eb('connection_id', '=', only));
  if (query.phase) all.push(eb('phase', 'in', query.phase));
  if (query.attention === 'any') all.push(eb('attention', 'is not', null));
  else if (query.attention) all.push(eb('attention', 'in', query.attention));
  if (query.view === 'needs-you') all.push(eb('attention', 'is not', null));
  if (query.view === 'running') all.push(eb('phase', 'not in', overPhases));
  if (query.view === 'today') all.push(eb('finished_at', '>=', startOfDay(ctx.clock())));
  if (query.connection) all.push(eb('connection_id', 'in', connectionNamed(eb, query.connection)));
  if (query.tag) all.push(containing(ctx, 'tags', JSON.stringify(query.tag)));
  if (query.q) {
    const q = query.q;
    all.push(
      eb.or((['name', 'id', 'note', 'tags', 'models'] as const).map((field) => containing(ctx, field, q))),
    );
  }
  return eb.and(all);
}

function connectionNamed(eb: Where, nameOrId: string) {
  return eb
    .selectFrom('connections')
    .select('connections.id')
    .where((inner) =>
      inner.or([inner('connections.id', '=', nameOrId), inner('connections.name', '=', nameOrId)]),
    );
}

/** Literal and case-insensitive: `%` and `_` are just characters. */
function containing(ctx: Context, field: 'name' | 'id' | 'note' | 'tags' | 'models', text: string) {
  const pattern = `%${text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
  return sql<SqlBool>`${folded(ctx.db, field)} like ${pattern} escape '\\'`;
}

function startOfDay(now: number): number {
  return now - (now % 86_400_000);
}

function readCursor(cursor: string): { at: number; id: string } {
  const match = /^(\d{1,15})\.(bat_[0-9a-f]{32})$/.exec(cursor);
  if (!match?.[1] || !match[2]) throw new Refusal('invalid', 'This cursor is not one of ours.');
  return { at: Number(match[1]), id: match[2] };
}
