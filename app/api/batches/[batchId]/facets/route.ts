import { z } from 'zod';
import { handle } from '#lib/http/handle';
import { getFacets } from '#lib/results/get-facets';

const params = z.object({ batchId: z.string() });

export const GET = handle({ params }, ({ ctx, params: { batchId } }) => getFacets(ctx, batchId));
