import 'server-only';
import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely';
import { boundConnection } from '#lib/auth/permissions';
import type { Context } from '#lib/context';
import type { BatchFilter } from '#lib/model/batch.schema';
import { overPhases } from '#lib/model/phase';
import { folded } from '#lib/store/engine';
import type { Schema } from '#lib/store/schema';

type Where = ExpressionBuilder<Schema, 'batches'>;

/** The batches that a filter finds, of those whoever asks may see. */
export function batchWhere(eb: Where, ctx: Context, filter: BatchFilter): Expression<SqlBool> {
  const all: Expression<SqlBool>[] = [eb('workspace', '=', ctx.workspace), eb('deleted_at', 'is', null)];
  const only = boundConnection(ctx);
  if (only !== null) all.push(eb('connection_id', '=', only));
  if (filter.phase) all.push(eb('phase', 'in', filter.phase));
  if (filter.attention === 'any') all.push(eb('attention', 'is not', null));
  else if (filter.attention) all.push(eb('attention', 'in', filter.attention));
  if (filter.view === 'needs-you') all.push(eb('attention', 'is not', null));
  if (filter.view === 'running') all.push(eb('phase', 'not in', overPhases));
  if (filter.view === 'today') all.push(eb('finished_at', '>=', startOfDay(ctx.clock())));
  if (filter.connection) all.push(eb('connection_id', 'in', connectionsNamed(eb, filter.connection)));
  if (filter.owner) all.push(eb('owner_id', 'in', ownersNamed(eb, filter.owner)));
  if (filter.tag) all.push(eb.or(filter.tag.map((tag) => containing(ctx, 'tags', JSON.stringify(tag)))));
  if (filter.q) all.push(searched(eb, ctx, filter.q));
  return eb.and(all);
}

const searchable = ['name', 'id', 'note', 'tags', 'models', 'metadata'] as const;

function searched(eb: Where, ctx: Context, q: string): Expression<SqlBool> {
  return eb.or(searchable.map((field) => containing(ctx, field, q)));
}

function connectionsNamed(eb: Where, namesOrIds: string[]) {
  return eb
    .selectFrom('connections')
    .select('connections.id')
    .where((inner) =>
      inner.or([inner('connections.id', 'in', namesOrIds), inner('connections.name', 'in', namesOrIds)]),
    );
}

function ownersNamed(eb: Where, emailsOrIds: string[]) {
  return eb
    .selectFrom('users')
    .select('users.id')
    .where((inner) =>
      inner.or([inner('users.id', 'in', emailsOrIds), inner('users.email', 'in', emailsOrIds)]),
    );
}

/** Literal and case-insensitive: `%` and `_` are just characters. */
function containing(ctx: Context, field: (typeof searchable)[number], text: string) {
  const pattern = `%${text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
  return sql<SqlBool>`${folded(ctx.db, field)} like ${pattern} escape '\\'`;
}

function startOfDay(now: number): number {
  return now - (now % 86_400_000);
}
