import 'server-only';
import type { Blobs, ByteRange } from '#lib/blobs/blobs';
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
    const start = at === 0 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
    const request = bytes.subarray(start, bytes.at(-1) === 0x0d ? -1 : undefined);
    if (request.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d)) continue;
    yield { bytes: request, offset: at + start };
  }
}
