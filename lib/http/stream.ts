import 'server-only';
import { attachment } from './attachment.ts';

/** Bytes to keep: never compressed, never cached, never run by a browser. */
export function download(
  file: { name: string; type: string; body: AsyncIterable<Uint8Array> },
  status = 200,
): Response {
  return new Response(asStream(file.body), {
    status,
    headers: {
      'content-type': file.type,
      'content-disposition': attachment(file.name),
      'cache-control': 'private, no-store, no-transform',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'",
    },
  });
}

function asStream(source: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const chunks = source[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await chunks.return?.();
    },
  });
}
