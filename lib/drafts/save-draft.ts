import 'server-only';
import { sql } from 'kysely';
import type { Context } from '#lib/context';
import { Refusal } from '#lib/errors';
import type { DraftSummary } from '#lib/model/draft';
import type { DraftChange } from '#lib/model/draft.schema';
import { draftFacts, draftFactsAnyway } from './draft-facts.ts';
import { demandWriter } from './draft-owner.ts';
import { getDraft, getDraftSummary } from './get-draft.ts';

/**
 * Only over the revision it started from, or over earlier saves of the same page: of two who save at once one is told,
 * and nothing is lost unseen.
 */
export async function saveDraft(ctx: Context, id: string, change: DraftChange): Promise<DraftSummary> {
  const userId = demandWriter(ctx);
  const before = await getDraftSummary(ctx, id);
  const { revision, name = before.name, route = before.route, writer = { id: null, save: 0 } } = change;
  const saved = await ctx.db
    .updateTable('drafts')
    .set({
      ...(await factsAfter(ctx, before, change)),
      name,
      route,
      revision: sql`revision + 1`,
      writer: writer.id,
      writer_save: writer.save,
      updated_by: userId,
      updated_at: ctx.clock(),
    })
    .where('workspace', '=', ctx.workspace)
    .where('id', '=', id)
    .where((eb) =>
      eb.or([
        eb('revision', '=', revision),
        eb.and([eb('writer', '=', writer.id), eb('writer_save', '<', writer.save)]),
      ]),
    )
    .executeTakeFirst();
  const now = await getDraftSummary(ctx, id);
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

async function factsAfter(ctx: Context, before: DraftSummary, { form, connection }: DraftChange) {
  if (connection !== undefined) {
    return draftFacts(ctx, form ?? (await getDraft(ctx, before.id)).form, connection);
  }
  return form === undefined ? {} : draftFactsAnyway(ctx, form, before.connectionId);
}
