import { z } from 'zod';
import { downloadPart } from '#lib/http/download-part';
import { handle } from '#lib/http/handle';
import { exportQuerySchema } from '#lib/model/result.schema';
import { exportNames } from '#lib/paths';
import { exportResults } from '#lib/results/export-results';

const params = z.object({ batchId: z.string(), name: z.enum(exportNames) });

export const GET = handle(
  { params, query: exportQuerySchema },
  async ({ ctx, params: { batchId, name }, query, request }) =>
    downloadPart(request, await exportResults(ctx, batchId, name, query)),
);
