/** The file is not text we take; its message is for the person who dropped it. */
export class NotAFile extends Error {}

export type Told = (bytes: number) => void;
const reportMs = 100;

/** Every byte of a file in order, a piece at a time, with word of how far it is ten times a second. */
export async function readThrough(
  file: Blob,
  onChunk: (chunk: Uint8Array) => void,
  onProgress: Told,
): Promise<void> {
  const reader = file.stream().getReader();
  let bytes = 0;
  let reported = performance.now();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    onChunk(next.value);
    bytes += next.value.length;
    if (performance.now() - reported < reportMs) continue;
    reported = performance.now();
    onProgress(bytes);
  }
  if (bytes !== file.size) throw new NotAFile('The file changed while it was read. Choose it again.');
  onProgress(bytes);
}
