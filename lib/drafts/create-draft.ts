import 'server-only';
import { recordEvent } from '#lib/audit/record-event';
import type { Context } from '#lib/context';
import { Refusal } from '#lib/errors';
import type { DraftSummary } from '#lib/model/draft';
import type { NewDraft } from '#lib/model/draft.schema';
import { newId } from '#lib/model/id';
import { once } from '#lib/replays/once';
import { isTaken } from '#lib/store/engine';
import { draftFacts } from './draft-facts.ts';
import { demandWriter } from './draft-owner.ts';
import { getDraftSummary } from './get-draft.ts';
import { saveDraft } from './save-draft.ts';

export async function createDraft(
  ctx: Context,
  wish: NewDraft,
  { key = null }: { key?: string | null } = {},
): Promise<DraftSummary> {
  const userId = demandWriter(ctx);
  const { id = newId('dra'), name, route, form, writer } = wish;
  const now = ctx.clock();
  const row = {
    id,
    workspace: ctx.workspace,
    name,
    route,
    ...(await draftFacts(ctx, form, wish.connection)),
    revision: 1,
    writer: writer?.id ?? null,
    writer_save: writer?.save ?? 0,
    created_by: userId,
    created_at: now,
    updated_by: userId,
    updated_at: now,
  };
  try {
    const made = await once(ctx, key, wish, async () => async (trx) => {
      await trx.insertInto('drafts').values(row).execute();
      await recordEvent(trx, ctx, { subject: id, verb: 'draft.created' });
      return id;
    });
    return await getDraftSummary(ctx, made);
  } catch (error) {
    if (!isTaken(error)) throw error;
    if (!writer) throw new Refusal('conflict', 'There is a draft of this id already.');
    // The same page may have made it before, without having heard so.
    return saveDraft(ctx, id, { ...wish, revision: 0 });
  }
}
