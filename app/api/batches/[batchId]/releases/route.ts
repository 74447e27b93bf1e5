import { z } from 'zod';
import { releaseParts } from '#lib/batches/release-parts';
import { handle } from '#lib/http/handle';
import { releaseSchema } from '#lib/model/batch.schema';

const params = z.object({ batchId: z.string() });

export const POST = handle({ params, body: releaseSchema }, ({ ctx, params: { batchId }, body }) =>
  releaseParts(ctx, batchId, body),
);
