import { z } from 'zod';
import { handle } from '#lib/http/handle';
import { download } from '#lib/http/stream';
import { anomalyKinds } from '#lib/model/reconciliation';
import { exportMismatches } from '#lib/results/export-mismatches';

const params = z.object({ batchId: z.string(), kind: z.enum(anomalyKinds) });

export const GET = handle({ params }, async ({ ctx, params: { batchId, kind } }) =>
  download({ ...(await exportMismatches(ctx, batchId, kind)), type: 'application/x-ndjson' }),
);
