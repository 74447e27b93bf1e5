import 'server-only';
import { type Seen, scanFirstObject } from './scan.ts';

/** `status` is read whole; the others hold what was read and what is still to come: read them or let them go. */
export type BodyKind =
  | { kind: 'status'; text: string }
  | { kind: 'lines'; bytes: AsyncIterable<Uint8Array> }
  /** `around` is the object without its results, or with them where all of it was small enough to read. */
  | { kind: 'inline'; around: string; bytes: AsyncIterable<Uint8Array> }
  | { kind: 'unreadable'; text: string };

const mostToPeek = 4 * 1024 * 1024;

/**
 * A status and its results come from the same address, either of them on one line or on many and under
 * any content type: the keys of the first object decide, before the body is read to its end.
 */
export async function kindOf(response: Response): Promise<BodyKind> {
  if (!response.body) return { kind: 'unreadable', text: '' };
  const reader = response.body.getReader();
  const { seen, push } = scanFirstObject();
  const read: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { value, done } = await reader.read();
    if (value) {
      push(value);
      read.push(value);
      length += value.length;
    }
    const open = !done && length < mostToPeek;
    if (seen.keys.has('custom_id')) return { kind: 'lines', bytes: replay(read, reader) };
    if (open && !seen.foreign && seen.end === null) continue;
    return decide(seen, read, reader, done);
  }
}

const statusKeys = ['status', 'task_status', 'processing_status', 'batch', 'batch_id', 'results'];
const answerKeys = ['response', 'result'];

function decide(seen: Seen, read: Uint8Array[], reader: Reader, done: boolean): BodyKind {
  const head = Buffer.concat(read);
  const says = (keys: string[]) => keys.some((key) => seen.keys.has(key));
  if (seen.results !== null && (seen.end !== null || !done)) {
    const around = seen.end === null ? `${text(head, seen.results)}[]}` : text(head, seen.end);
    return { kind: 'inline', around, bytes: replay(read, reader) };
  }
  if (!seen.foreign && says(answerKeys) && !says(statusKeys)) {
    return { kind: 'lines', bytes: replay(read, reader) };
  }
  reader.cancel().catch(() => undefined);
  const whole = seen.end === null ? null : text(head, seen.end);
  if (whole && says(statusKeys)) return { kind: 'status', text: whole };
  return { kind: 'unreadable', text: text(head, 16_384) };
}

function text(bytes: Buffer, end: number): string {
  return new TextDecoder().decode(bytes.subarray(0, end));
}

type Reader = ReadableStreamDefaultReader<Uint8Array>;

async function* replay(read: Uint8Array[], reader: Reader): AsyncIterable<Uint8Array> {
  try {
    while (read.length > 0) {
      const chunk = read.shift();
      if (chunk) yield chunk;
    }
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
