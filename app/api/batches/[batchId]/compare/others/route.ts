import { z } from 'zod';
import { othersToCompare } from '#lib/batches/others-to-compare';
import { handle } from '#lib/http/handle';
import { othersQuerySchema } from '#lib/model/comparison.schema';

const params = z.object({ batchId: z.string() });

export const GET = handle({ params, query: othersQuerySchema }, ({ ctx, params: { batchId }, query }) =>
  othersToCompare(ctx, batchId, query),
);
