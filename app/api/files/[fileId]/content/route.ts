import { z } from 'zod';
import { readContent } from '#lib/files/read-content';
import { handle } from '#lib/http/handle';
import { rangedDownload } from '#lib/http/ranged';

const params = z.object({ fileId: z.string() });

export const GET = handle({ params }, async ({ ctx, params: { fileId }, request }) =>
  rangedDownload(request, await readContent(ctx, fileId)),
);
