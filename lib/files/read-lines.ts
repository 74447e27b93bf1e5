import 'server-only';
import type { Blobs } from '#lib/blobs/blobs';
import { textSpan } from '#lib/jsonl/line-text';
import { linesOf } from '#lib/jsonl/split-lines';

/** The request lines of a file, byte for byte as they go to a provider: no blank lines, no byte order mark, no CR at the end. */
export async function* readRequestLines(blobs: Blobs, blobKey: string): AsyncGenerator<Uint8Array> {
  for await (const { bytes, line } of linesOf(blobs.read(blobKey))) {
    if (bytes === null) throw new Error(`Line ${line} of ${blobKey} is too long to be sent.`);
    const { start, end } = textSpan(bytes, line);
    const request = bytes.subarray(start, end);
    if (!request.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d)) yield request;
  }
}
