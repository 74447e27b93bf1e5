import { createBatch } from '#lib/batches/create-batch';
import { countViews, listBatches } from '#lib/batches/list-batches';
import { answer, handle } from '#lib/http/handle';
import { idempotencyKey } from '#lib/http/idempotency-key';
import { batchesQuerySchema, newBatchSchema } from '#lib/model/batch.schema';

export const GET = handle({ query: batchesQuerySchema }, async ({ ctx, query }) => ({
  ...(await listBatches(ctx, query)),
  views: await countViews(ctx),
}));

export const POST = handle({ body: newBatchSchema }, async ({ ctx, body, request }) =>
  answer(await createBatch(ctx, body, idempotencyKey(request)), { status: 201 }),
);
