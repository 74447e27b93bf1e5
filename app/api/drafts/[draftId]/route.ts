import { z } from 'zod';
import { deleteDraft } from '#lib/drafts/delete-draft';
import { getDraft } from '#lib/drafts/get-draft';
import { saveDraft } from '#lib/drafts/save-draft';
import { conditional } from '#lib/http/conditional';
import { handle } from '#lib/http/handle';
import { draftChangeSchema } from '#lib/model/draft.schema';

const params = z.object({ draftId: z.string() });

export const GET = handle({ params }, async ({ ctx, params: { draftId }, request }) => {
  const draft = await getDraft(ctx, draftId);
  return conditional(request, draft, [draft.id, draft.revision]);
});

export const PATCH = handle(
  { params, body: draftChangeSchema, mostBytes: 8 * 1024 ** 2 },
  ({ ctx, params: { draftId }, body }) => saveDraft(ctx, draftId, body),
);

export const DELETE = handle({ params }, ({ ctx, params: { draftId } }) => deleteDraft(ctx, draftId));
