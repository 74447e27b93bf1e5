import { z } from 'zod';
import { handle } from '#lib/http/handle';
import { listFields } from '#lib/results/list-fields';

const params = z.object({ batchId: z.string() });

export const GET = handle({ params }, ({ ctx, params: { batchId } }) => listFields(ctx, batchId));
