import { z } from 'zod';
import { handle } from '#lib/http/handle';
import { download } from '#lib/http/stream';
import { anomalyIdSchema } from '#lib/model/reconciliation.schema';
import { readAnomalyBytes } from '#lib/results/reconcile';

const params = z.object({ batchId: z.string(), line: anomalyIdSchema });

/** One line that came back and is nobody's answer, byte for byte. */
export const GET = handle({ params }, async ({ ctx, params: { batchId, line } }) =>
  download({ ...(await readAnomalyBytes(ctx, batchId, line)), type: 'application/x-ndjson' }),
);
