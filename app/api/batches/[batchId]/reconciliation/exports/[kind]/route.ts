import { z } from 'zod';
import { noteDownload } from '#lib/audit/note-download';
import { handle } from '#lib/http/handle';
import { download } from '#lib/http/stream';
import { anomalyKinds } from '#lib/model/reconciliation';
import { exportMismatches } from '#lib/results/export-mismatches';

const params = z.object({ batchId: z.string(), kind: z.enum(anomalyKinds) });

export const GET = handle({ params }, async ({ ctx, params: { batchId, kind }, request }) => {
  const file = await exportMismatches(ctx, batchId, kind);
  if (request.method === 'GET') await noteDownload(ctx, { batchId, format: `${kind}.jsonl` });
  return download({ ...file, type: 'application/x-ndjson' });
});
