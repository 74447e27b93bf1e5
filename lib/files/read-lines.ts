import 'server-only';
import type { Blobs, ByteRange } from '#lib/blobs/blobs';
import { textSpan } from '#lib/jsonl/line-text';
import { linesOf } from '#lib/jsonl/split-lines';

export type RequestLine = { bytes: Uint8Array; offset: number };

/** The request lines of a file, byte for byte as they go to a provider: no blank lines, no byte order mark, no CR at the end. */
export async function* readRequestLines(
  blobs: Pick<Blobs, 'read'>,
  blobKey: string,
  range?: ByteRange,
): AsyncGenerator<Uint8Array> {
  for await (const { bytes } of requestLinesIn(blobs, blobKey, range)) yield bytes;
}

/** The same, each with where in the file it begins. */
export async function* requestLinesIn(
  blobs: Pick<Blobs, 'read'>,
  blobKey: string,
  range?: ByteRange,
): AsyncGenerator<RequestLine> {
  const base = range?.offset ?? 0;
  for await (const { bytes, line, offset } of linesOf(blobs.read(blobKey, range))) {
    const at = base + offset;
    if (bytes === null) throw new Error(`Line ${line} of ${blobKey} is too long to be sent.`);
    const { start, end } = textSpan(bytes, at === 0 ? 1 : 2);
    const request = bytes.subarray(start, end);
    if (request.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d)) continue;
    yield { bytes: request, offset: at + start };
  }
}
