import 'server-only';
import { download } from './stream.ts';

type Span = { from: number; to: number };
type File = {
  name: string;
  type: string;
  body: AsyncIterable<Uint8Array>;
  /** What will not change any more: its measure is told, and parts of it may be asked for. */
  whole: {
    measure(): Promise<{ bytes: number; sha256: string }>;
    part(range: Span): AsyncIterable<Uint8Array>;
  } | null;
};

/** A download that can be checked and resumed: with its length and hash, and only the bytes asked for (RFC 9110, 14). */
export async function downloadPart(request: Request, file: File): Promise<Response> {
  if (!file.whole) return download(file);
  const { bytes, sha256 } = await file.whole.measure();
  const etag = `"${sha256}"`;
  const span = spanIn(request.headers, etag, bytes);
  if (span === 'beyond') return marked(new Response(null, { status: 416 }), `bytes */${bytes}`);
  const response = download(span ? { ...file, body: file.whole.part(span) } : file, span ? 206 : 200);
  response.headers.set('etag', etag);
  response.headers.set('accept-ranges', 'bytes');
  response.headers.set('x-content-bytes', String(bytes));
  response.headers.set('x-content-sha256', sha256);
  return span ? marked(response, `bytes ${span.from}-${span.to - 1}/${bytes}`) : response;
}

function marked(response: Response, contentRange: string): Response {
  response.headers.set('content-range', contentRange);
  return response;
}

/** Null where the whole is meant: no range, several of them, or one of another version. */
function spanIn(headers: Headers, etag: string, bytes: number): Span | 'beyond' | null {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(headers.get('range')?.trim() ?? '') ?? [];
  const condition = headers.get('if-range');
  if ((first === '' && last === '') || (condition !== null && condition !== etag)) return null;
  const from = first === '' ? Math.max(0, bytes - Number(last)) : Number(first);
  const to = first === '' || last === '' ? bytes : Math.min(bytes, Number(last) + 1);
  if (first !== '' && last !== '' && Number(last) < Number(first)) return null;
  return from >= bytes || from >= to ? 'beyond' : { from, to };
}
