import { z } from 'zod';
import { readContent } from '#lib/files/read-content';
import { handle } from '#lib/http/handle';
import { download } from '#lib/http/stream';

const params = z.object({ fileId: z.string() });

export const GET = handle({ params }, async ({ ctx, params: { fileId } }) => {
  const content = await readContent(ctx, fileId);
  const response = download(content);
  response.headers.set('x-content-bytes', String(content.bytes));
  response.headers.set('x-content-sha256', content.sha256);
  return response;
});
