import { z } from 'zod';
import { handle } from '#lib/http/handle';
import { ordinalSchema, resultQuerySchema } from '#lib/model/result.schema';
import { getResult } from '#lib/results/get-result';

const params = z.object({ batchId: z.string(), ordinal: ordinalSchema });

export const GET = handle(
  { params, query: resultQuerySchema },
  ({ ctx, params: { batchId, ordinal }, query }) => getResult(ctx, batchId, ordinal, query),
);
