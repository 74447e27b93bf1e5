import 'server-only';
import { demand } from '#lib/auth/permissions';
import type { Context } from '#lib/context';
import type { Draft, DraftSummary } from '#lib/model/draft';
import type { BatchForm } from '#lib/model/request-form/form';
import { draftGone, reachableDrafts, showDraft } from './show-draft.ts';

export async function getDraft(ctx: Context, id: string): Promise<Draft> {
  const found = await findDraft(ctx, id);
  if (!found) throw draftGone();
  return found;
}

/** Null where there is none: it was sent, or deleted, or never was. */
export async function findDraft(ctx: Context, id: string): Promise<Draft | null> {
  demand(ctx, 'read');
  const row = await reachableDrafts(ctx).select('drafts.form').where('drafts.id', '=', id).executeTakeFirst();
  return row ? { ...showDraft(row), form: JSON.parse(row.form) as BatchForm } : null;
}

export async function getDraftSummary(ctx: Context, id: string): Promise<DraftSummary> {
  demand(ctx, 'read');
  const row = await reachableDrafts(ctx).where('drafts.id', '=', id).executeTakeFirst();
  if (!row) throw draftGone();
  return showDraft(row);
}
