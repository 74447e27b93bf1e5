import { z } from 'zod';
import { handle } from '#lib/http/handle';
import { pairsQuerySchema } from '#lib/model/comparison.schema';
import { compareBatches } from '#lib/results/compare-batches';

const params = z.object({ batchId: z.string() });

export const GET = handle({ params, query: pairsQuerySchema }, ({ ctx, params: { batchId }, query }) =>
  compareBatches(ctx, batchId, query),
);
