import { z } from 'zod';
import { handle } from '#lib/http/handle';
import { pairFilterSchema } from '#lib/model/comparison.schema';
import { ordinalSchema } from '#lib/model/result.schema';
import { getPair } from '#lib/results/get-pair';

const params = z.object({ batchId: z.string(), pair: ordinalSchema });

export const GET = handle({ params, query: pairFilterSchema }, ({ ctx, params: { batchId, pair }, query }) =>
  getPair(ctx, batchId, pair, query),
);
