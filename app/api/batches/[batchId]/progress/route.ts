import { z } from 'zod';
import { listProgress } from '#lib/batches/list-progress';
import { handle } from '#lib/http/handle';

const params = z.object({ batchId: z.string() });

export const GET = handle({ params }, async ({ ctx, params: { batchId } }) => ({
  items: await listProgress(ctx, batchId),
  nextCursor: null,
}));
