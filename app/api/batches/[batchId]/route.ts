import { z } from 'zod';
import { changeBatch } from '#lib/batches/change-batch';
import { deleteBatch } from '#lib/batches/delete-batch';
import { getBatch } from '#lib/batches/get-batch';
import { conditional } from '#lib/http/conditional';
import { handle } from '#lib/http/handle';
import { type Batch, nextCheckOf } from '#lib/model/batch';
import { batchChangeSchema } from '#lib/model/batch.schema';

const params = z.object({ batchId: z.string() });

export const GET = handle({ params }, async ({ ctx, params: { batchId }, request }) => {
  const batch = await getBatch(ctx, batchId);
  return conditional(request, batch, withoutChecks(batch), {
    'x-checked-at': batch.checkedAt,
    'x-next-check-at': nextCheckOf(batch),
  });
});

export const PATCH = handle({ params, body: batchChangeSchema }, ({ ctx, params: { batchId }, body }) =>
  changeBatch(ctx, batchId, body),
);

export const DELETE = handle({ params }, ({ ctx, params: { batchId } }) => deleteBatch(ctx, batchId));

/** That somebody looked is not a change. */
function withoutChecks(batch: Batch): object {
  return { ...batch, checkedAt: null, parts: batch.parts.map((part) => ({ ...part, nextCheckAt: null })) };
}
