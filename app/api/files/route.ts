import { Refusal } from '#lib/errors';
import { listFiles } from '#lib/files/list-files';
import { receiveFile } from '#lib/files/receive-file';
import { announcedLength, bodyOf } from '#lib/http/body';
import { answer, handle } from '#lib/http/handle';
import { idempotencyKey } from '#lib/http/idempotency-key';
import { filesQuerySchema } from '#lib/model/file.schema';

export const GET = handle({ query: filesQuerySchema }, ({ ctx, query }) => listFiles(ctx, query));

/** The raw body, streamed. Its name, extension and type are taken as they are. */
export const POST = handle({}, async ({ ctx, request }) => {
  if (request.headers.has('content-encoding')) {
    throw new Refusal('unsupported', 'Send the file as it is, without Content-Encoding.');
  }
  const upload = {
    name: new URL(request.url).searchParams.get('name') ?? '',
    body: bodyOf(request),
    contentLength: announcedLength(request),
    sha256: request.headers.get('x-content-sha256'),
  };
  return answer(await receiveFile(ctx, upload, idempotencyKey(request)), { status: 201 });
});
