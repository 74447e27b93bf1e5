import { createSha256 } from '#lib/jsonl/sha256';
import { sniff, sniffedBytes } from '#lib/jsonl/sniff';
import { createLineSplitter, type Line } from '#lib/jsonl/split-lines';
import { createValidator, type Summary } from '#lib/jsonl/validate';

export type CheckedFile = { summary: Summary; sha256: string };

/** The file is not text we take; its message is for the person who dropped it. */
export class NotAFile extends Error {}

const reportMs = 100;

/** What the server will do on arrival, done while the file is still on the person's disk. */
export async function checkFile(file: Blob, onProgress: (bytes: number) => void): Promise<CheckedFile> {
  const head = new Uint8Array(await file.slice(0, sniffedBytes).arrayBuffer());
  const refused = sniff(head);
  if (refused) throw new NotAFile(refused.message);
  const splitter = createLineSplitter();
  const validator = createValidator();
  const hash = createSha256();
  const onLine = (line: Line) => validator.line(line.bytes, line.line, line.offset);
  const reader = file.stream().getReader();
  let bytes = 0;
  let reported = performance.now();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    hash.update(next.value);
    splitter.push(next.value, onLine);
    bytes += next.value.length;
    if (performance.now() - reported < reportMs) continue;
    reported = performance.now();
    onProgress(bytes);
  }
  splitter.end(onLine);
  if (bytes !== file.size) throw new NotAFile('The file changed while it was read. Choose it again.');
  onProgress(bytes);
  return { summary: validator.finish(), sha256: hash.digest() };
}
