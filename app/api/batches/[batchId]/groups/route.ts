import { z } from 'zod';
import { handle } from '#lib/http/handle';
import { placedPageSchema } from '#lib/model/page.schema';
import { groupErrors } from '#lib/results/group-errors';

const params = z.object({ batchId: z.string() });

export const GET = handle({ params, query: placedPageSchema }, ({ ctx, params: { batchId }, query }) =>
  groupErrors(ctx, batchId, query),
);
