import { z } from 'zod';
import { handle } from '#lib/http/handle';
import { download } from '#lib/http/stream';
import { ordinalSchema } from '#lib/model/result.schema';
import { readResultBytes } from '#lib/results/read-result-bytes';

const params = z.object({ batchId: z.string(), ordinal: ordinalSchema });
const query = z.object({ side: z.enum(['request', 'response']) });

/** The whole request or answer, for what the page only shows the beginning of. */
export const GET = handle({ params, query }, async ({ ctx, params: { batchId, ordinal }, query: { side } }) =>
  download({ ...(await readResultBytes(ctx, batchId, ordinal, side)), type: 'application/x-ndjson' }),
);
