import 'server-only';

/** The error shape of the providers this one stands in for. */
export function failure(status: number, message: string, param: string | null = null): Response {
  const type = status >= 500 ? 'server_error' : (types[status] ?? 'invalid_request_error');
  return json({ error: { message, type, param, code: status } }, status);
}

const types: Record<number, string> = {
  401: 'authentication_error',
  404: 'not_found_error',
  413: 'request_too_large',
};

export function json(body: unknown, status = 200): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
  });
}

export function jsonLines(lines: AsyncIterable<Uint8Array>): Response {
  const iterator = lines[Symbol.asyncIterator]();
  const body = new ReadableStream<Uint8Array>({
    async pull(to) {
      const { value, done } = await iterator.next();
      if (done) to.close();
      else to.enqueue(value);
    },
    async cancel() {
      await iterator.return?.();
    },
  });
  return new Response(body, {
    headers: { 'content-type': 'application/x-ndjson; charset=utf-8', 'cache-control': 'no-store' },
  });
}

/** Thrown where a request cannot be taken; becomes the 400 it describes. */
export class Rejected extends Error {
  readonly param: string | null;

  constructor(message: string, param: string | null = null) {
    super(message);
    this.name = 'Rejected';
    this.param = param;
  }
}
