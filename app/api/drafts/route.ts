import { createDraft } from '#lib/drafts/create-draft';
import { listDrafts } from '#lib/drafts/list-drafts';
import { answer, handle } from '#lib/http/handle';
import { idempotencyKey } from '#lib/http/idempotency-key';
import { draftsQuerySchema, newDraftSchema } from '#lib/model/draft.schema';

export const GET = handle({ query: draftsQuerySchema }, ({ ctx, query }) => listDrafts(ctx, query));

export const POST = handle(
  { body: newDraftSchema, mostBytes: 8 * 1024 ** 2 },
  async ({ ctx, body, request }) =>
    answer(await createDraft(ctx, body, { key: idempotencyKey(request) }), { status: 201 }),
);
