import 'server-only';
import type { Context } from '#lib/context';
import { Refusal } from '#lib/errors';
import type { DraftSummary } from '#lib/model/draft';
import type { DraftChange } from '#lib/model/draft.schema';
import { demandWriter, draftConnection } from './draft-owner.ts';
import { draftGone, reachableDrafts, showDraft } from './show-draft.ts';

/** Only over the revision it started from: of two who save at once one is told, and nothing is lost unseen. */
export async function saveDraft(ctx: Context, id: string, change: DraftChange): Promise<DraftSummary> {
  const userId = demandWriter(ctx);
  await summaryOf(ctx, id);
  const { name, form, revision } = change;
  const moved =
    change.connection === undefined ? {} : { connection_id: await draftConnection(ctx, change.connection) };
  const saved = await ctx.db
    .updateTable('drafts')
    .set({
      ...moved,
      ...(name === undefined ? {} : { name }),
      ...(form === undefined ? {} : { form: JSON.stringify(form), requests: form.requests.length }),
      revision: revision + 1,
      updated_by: userId,
      updated_at: ctx.clock(),
    })
    .where('workspace', '=', ctx.workspace)
    .where('id', '=', id)
    .where('revision', '=', revision)
    .executeTakeFirst();
  const now = await summaryOf(ctx, id);
  if (Number(saved.numUpdatedRows) === 0) {
    const { updatedBy, updatedAt } = now;
    throw new Refusal('conflict', `${updatedBy} saved this draft meanwhile.`, {
      revision: now.revision,
      updatedBy,
      updatedAt,
    });
  }
  return now;
}

async function summaryOf(ctx: Context, id: string): Promise<DraftSummary> {
  const row = await reachableDrafts(ctx).where('drafts.id', '=', id).executeTakeFirst();
  if (!row) throw draftGone();
  return showDraft(row);
}
