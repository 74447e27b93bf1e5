import 'server-only';
import type { Selectable } from 'kysely';
import { boundConnection } from '#lib/auth/permissions';
import type { Context } from '#lib/context';
import { notFound } from '#lib/errors';
import type { DraftSummary } from '#lib/model/draft';
import type { Schema } from '#lib/store/schema';

const summaryColumns = [
  'drafts.id',
  'drafts.name',
  'drafts.connection_id',
  'drafts.route',
  'drafts.requests',
  'drafts.errors',
  'drafts.revision',
  'drafts.created_at',
  'drafts.updated_at',
  'maker.email as maker',
  'saver.email as saver',
] as const;

/** The drafts somebody reaches: a token narrowed to a connection has those for that connection. */
export function reachableDrafts(ctx: Context) {
  const only = boundConnection(ctx);
  const all = ctx.db
    .selectFrom('drafts')
    .leftJoin('users as maker', 'maker.id', 'drafts.created_by')
    .leftJoin('users as saver', 'saver.id', 'drafts.updated_by')
    .select(summaryColumns)
    .where('drafts.workspace', '=', ctx.workspace);
  return only === null ? all : all.where('drafts.connection_id', '=', only);
}

type Row = Pick<
  Selectable<Schema['drafts']>,
  'id' | 'name' | 'connection_id' | 'route' | 'requests' | 'errors' | 'revision' | 'created_at' | 'updated_at'
> & { maker: string | null; saver: string | null };

export function showDraft(row: Row): DraftSummary {
  return {
    id: row.id,
    name: row.name,
    connectionId: row.connection_id,
    route: row.route,
    requests: row.requests,
    errors: row.errors,
    revision: row.revision,
    createdBy: row.maker ?? 'a removed member',
    createdAt: new Date(row.created_at).toISOString(),
    updatedBy: row.saver ?? 'a removed member',
    updatedAt: new Date(row.updated_at).toISOString(),
  };
}

export function draftGone() {
  return notFound('This draft');
}
