import { z } from 'zod';
import { handle } from '#lib/http/handle';
import { resultsQuerySchema } from '#lib/model/result.schema';
import { listResults } from '#lib/results/list-results';

const params = z.object({ batchId: z.string() });

export const GET = handle(
  { params, query: resultsQuerySchema },
  ({ ctx, params: { batchId }, query, request }) => listResults(ctx, batchId, query, request.signal),
);
