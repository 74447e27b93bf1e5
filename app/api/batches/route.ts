import { createBatch } from '#lib/batches/create-batch';
import { listBatches } from '#lib/batches/list-batches';
import { answer, handle } from '#lib/http/handle';
import { idempotencyKey } from '#lib/http/idempotency-key';
import { batchesQuerySchema, newBatchSchema } from '#lib/model/batch.schema';

export const GET = handle({ query: batchesQuerySchema }, ({ ctx, query }) => listBatches(ctx, query));

export const POST = handle({ body: newBatchSchema }, async ({ ctx, body, request }) =>
  answer(await createBatch(ctx, body, idempotencyKey(request)), { status: 201 }),
);
