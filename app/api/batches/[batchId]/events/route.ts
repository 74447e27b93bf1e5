import { z } from 'zod';
import { batchEvents } from '#lib/batches/batch-events';
import { handle } from '#lib/http/handle';

const params = z.object({ batchId: z.string() });

export const GET = handle({ params }, async ({ ctx, params: { batchId } }) => ({
  items: await batchEvents(ctx, batchId),
  nextCursor: null,
}));
