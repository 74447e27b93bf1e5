import 'server-only';

export type Document = {
  bytes: AsyncIterable<Uint8Array>;
  headers: { 'content-length': string };
  /** While the last bracket has not been asked for, nothing can have been accepted. */
  brokeOff: () => boolean;
};

const comma = Buffer.from(',');
const tail = Buffer.from(']}');

/** `{…members,"requests":[…]}` with the exact bytes of every line between commas; read twice, held never. */
export async function spliceRequests(
  lines: () => AsyncIterable<Uint8Array>,
  members: Record<string, unknown> = {},
): Promise<Document> {
  const opening = JSON.stringify({ ...members, requests: [] });
  const head = Buffer.from(opening.slice(0, -tail.length));
  let length = head.length + tail.length;
  let count = 0;
  for await (const line of lines()) {
    length += line.length;
    count += 1;
  }
  length += comma.length * Math.max(0, count - 1);
  let isWhole = false;
  async function* bytes(): AsyncIterable<Uint8Array> {
    yield head;
    let first = true;
    for await (const line of lines()) {
      if (!first) yield comma;
      first = false;
      yield line;
    }
    isWhole = true;
    yield tail;
  }
  return { bytes: bytes(), headers: { 'content-length': String(length) }, brokeOff: () => !isWhole };
}
