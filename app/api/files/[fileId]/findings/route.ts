import { z } from 'zod';
import { listFindings } from '#lib/files/list-findings';
import { handle } from '#lib/http/handle';
import { findingsQuerySchema } from '#lib/model/file.schema';

const params = z.object({ fileId: z.string() });

export const GET = handle({ params, query: findingsQuerySchema }, ({ ctx, params: { fileId }, query }) =>
  listFindings(ctx, fileId, query),
);
