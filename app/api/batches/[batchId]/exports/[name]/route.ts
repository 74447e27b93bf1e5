import { z } from 'zod';
import { noteDownload } from '#lib/audit/note-download';
import { downloadPart } from '#lib/http/download-part';
import { handle } from '#lib/http/handle';
import { exportQuerySchema } from '#lib/model/result.schema';
import { isUnfiltered } from '#lib/model/result-query';
import { exportNames } from '#lib/paths';
import { exportResults } from '#lib/results/export-results';

const params = z.object({ batchId: z.string(), name: z.enum(exportNames) });

export const GET = handle(
  { params, query: exportQuerySchema },
  async ({ ctx, params: { batchId, name }, query, request }) => {
    const response = await downloadPart(request, await exportResults(ctx, batchId, name, query));
    const narrowed = isUnfiltered(query) ? {} : { narrowed: true };
    if (response.ok && request.method === 'GET')
      await noteDownload(ctx, { batchId, format: name, ...narrowed });
    return response;
  },
);
