import { z } from 'zod';
import { handle } from '#lib/http/handle';
import { download } from '#lib/http/stream';
import { sharedExportNames } from '#lib/paths';
import { noteSharedDownload } from '#lib/shares/note-shared-download';
import { sharedExport } from '#lib/shares/read-share';

const params = z.object({ token: z.string(), name: z.enum(sharedExportNames) });

export const GET = handle({ who: 'anyone', params }, async ({ ctx, params: { token, name }, request }) => {
  const file = await sharedExport(ctx, token, name);
  if (request.method === 'GET') await noteSharedDownload(ctx, token, name);
  return download(file);
});
