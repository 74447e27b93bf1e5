import { z } from 'zod';
import { decideSubmission } from '#lib/batches/decide-submission';
import { handle } from '#lib/http/handle';
import { decisionSchema } from '#lib/model/batch.schema';

const params = z.object({ batchId: z.string() });

export const POST = handle({ params, body: decisionSchema }, ({ ctx, params: { batchId }, body }) =>
  decideSubmission(ctx, batchId, body),
);
