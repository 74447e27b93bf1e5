import { z } from 'zod';
import { retryBatch } from '#lib/batches/retry-batch';
import { answer, handle } from '#lib/http/handle';
import { idempotencyKey } from '#lib/http/idempotency-key';
import { retrySchema } from '#lib/model/retry.schema';

const params = z.object({ batchId: z.string() });

export const POST = handle(
  { params, body: retrySchema },
  async ({ ctx, params: { batchId }, body, request }) =>
    answer(await retryBatch(ctx, batchId, body, idempotencyKey(request)), { status: 202 }),
);
