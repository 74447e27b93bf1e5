import { z } from 'zod';
import { handle } from '#lib/http/handle';
import { download } from '#lib/http/stream';
import { pairFilterSchema } from '#lib/model/comparison.schema';
import { pairFileNames } from '#lib/paths';
import { exportPairs, notePairs } from '#lib/results/export-pairs';

const params = z.object({ batchId: z.string(), file: z.enum(pairFileNames) });

export const GET = handle(
  { params, query: pairFilterSchema },
  async ({ ctx, params: { batchId, file }, query, request }) => {
    const pairs = await exportPairs(ctx, batchId, file, query);
    if (request.method === 'GET') await notePairs(ctx, batchId, file, query);
    return download(pairs);
  },
);
