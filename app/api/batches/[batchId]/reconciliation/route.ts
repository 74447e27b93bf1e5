import { z } from 'zod';
import { handle } from '#lib/http/handle';
import { reconciliationQuerySchema } from '#lib/model/reconciliation.schema';
import { reconcile } from '#lib/results/reconcile';

const params = z.object({ batchId: z.string() });

export const GET = handle(
  { params, query: reconciliationQuerySchema },
  ({ ctx, params: { batchId }, query }) => reconcile(ctx, batchId, query),
);
