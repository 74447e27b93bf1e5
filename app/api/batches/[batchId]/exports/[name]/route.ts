import { z } from 'zod';
import { handle } from '#lib/http/handle';
import { download } from '#lib/http/stream';
import { resultsFilterSchema } from '#lib/model/result.schema';
import { exportNames } from '#lib/paths';
import { exportResults } from '#lib/results/export-results';

const params = z.object({ batchId: z.string(), name: z.enum(exportNames) });

export const GET = handle(
  { params, query: resultsFilterSchema },
  async ({ ctx, params: { batchId, name }, query }) =>
    download(await exportResults(ctx, batchId, name, query)),
);
