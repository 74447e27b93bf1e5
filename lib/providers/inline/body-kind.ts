import 'server-only';
import { asList, asObject } from '#lib/model/unknown';
import { parseJson } from '#lib/providers/parse-json';
import { type ReadAhead, readAhead } from '#lib/providers/read-ahead';
import { type Seen, scanFirstObject } from '#lib/providers/scan-object';

/** `status` is read whole; the others hold what was read and what is still to come: read them or let them go. */
export type BodyKind =
  | { kind: 'status'; text: string }
  | { kind: 'lines'; bytes: AsyncIterable<Uint8Array> }
  /** `around` is the object without its results, or with them where all of it was small enough to read. */
  | { kind: 'inline'; around: string; isEmpty: boolean; bytes: AsyncIterable<Uint8Array> }
  | { kind: 'unreadable'; text: string };

const mostToPeek = 4 * 1024 * 1024;

/**
 * A status and its results come from the same address, either of them on one line or on many and under
 * any content type: the keys of the first object decide, before the body is read to its end.
 */
export async function kindOf(response: Response): Promise<BodyKind> {
  if (!response.body) return { kind: 'unreadable', text: '' };
  const { seen, push } = scanFirstObject();
  const ahead = await readAhead(response.body, mostToPeek, (chunk) => {
    push(chunk);
    return seen.keys.has('custom_id') || seen.foreign || seen.end !== null;
  });
  return decide(seen, ahead);
}

const statusKeys = ['status', 'task_status', 'processing_status', 'batch', 'batch_id', 'results'];
const answerKeys = ['response', 'result'];

function decide(seen: Seen, ahead: ReadAhead): BodyKind {
  const { head, whole } = ahead;
  const says = (keys: string[]) => keys.some((key) => seen.keys.has(key));
  if (says(['custom_id'])) return { kind: 'lines', bytes: ahead.bytes() };
  if (seen.results !== null && (seen.end !== null || !whole)) {
    const around = seen.end === null ? `${text(head, seen.results)}[]}` : text(head, seen.end);
    return { kind: 'inline', around, isEmpty: hasNoResults(around, seen), bytes: ahead.bytes() };
  }
  if (!seen.foreign && says(answerKeys) && !says(statusKeys)) {
    return { kind: 'lines', bytes: ahead.bytes() };
  }
  ahead.letGo();
  if (seen.end !== null && says(statusKeys)) return { kind: 'status', text: text(head, seen.end) };
  return { kind: 'unreadable', text: text(head, 16_384) };
}

function hasNoResults(around: string, { end }: Seen): boolean {
  return end !== null && asList(asObject(parseJson(around))?.results)?.length === 0;
}

function text(bytes: Uint8Array, end: number): string {
  return new TextDecoder().decode(bytes.subarray(0, end));
}
