import 'server-only';
import { Refusal } from '#lib/errors';
import { respond } from './answer.ts';
import { download } from './stream.ts';

type Span = { offset: number; length: number };
export type Ranged = {
  name: string;
  type: string;
  bytes: number;
  sha256: string;
  read(span?: Span): AsyncIterable<Uint8Array>;
};

/** Bytes that never change, whole or the one span that was asked for, so that a download that broke off can go on. */
export function rangedDownload(request: Request, { name, type, bytes, sha256, read }: Ranged): Response {
  const etag = `"${sha256}"`;
  const span = spanAsked(request.headers, bytes, etag);
  if (span === 'none') return outside(bytes);
  const response = download({ name, type, body: read(span ?? undefined) });
  const { headers } = response;
  headers.set('etag', etag);
  headers.set('accept-ranges', 'bytes');
  headers.set('x-content-bytes', String(bytes));
  headers.set('x-content-sha256', sha256);
  if (!span) return response;
  headers.set('content-range', `bytes ${span.offset}-${span.offset + span.length - 1}/${bytes}`);
  return new Response(response.body, { status: 206, headers });
}

/** Null for the whole: also where several spans are asked for, or what is asked for is of another version. */
function spanAsked(headers: Headers, bytes: number, etag: string): Span | 'none' | null {
  const condition = headers.get('if-range');
  if (condition !== null && condition !== etag) return null;
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(headers.get('range') ?? '') ?? [];
  if (first === '' && last === '') return null;
  if (first === '') {
    const length = Math.min(Number(last), bytes);
    return length === 0 ? 'none' : { offset: bytes - length, length };
  }
  const offset = Number(first);
  if (last !== '' && Number(last) < offset) return null;
  const end = last === '' ? bytes : Math.min(Number(last) + 1, bytes);
  return offset >= bytes ? 'none' : { offset, length: end - offset };
}

function outside(bytes: number): Response {
  const refusal = new Refusal('invalid', `The file has ${bytes} bytes; the span asked for lies behind them.`);
  const answer = respond(Response.json(refusal, { status: 416 }));
  answer.headers.set('content-range', `bytes */${bytes}`);
  return answer;
}
