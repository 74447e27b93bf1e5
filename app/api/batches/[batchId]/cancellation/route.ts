import { z } from 'zod';
import { cancelBatch } from '#lib/batches/cancel-batch';
import { answer, handle } from '#lib/http/handle';

const params = z.object({ batchId: z.string() });

export const POST = handle({ params }, async ({ ctx, params: { batchId } }) =>
  answer(await cancelBatch(ctx, batchId), { status: 202 }),
);
