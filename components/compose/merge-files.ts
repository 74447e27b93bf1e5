import { editable, withMember } from '#lib/jsonl/edit-json';
import { createFreeIds } from '#lib/jsonl/free-ids';
import { idIn } from '#lib/jsonl/id-in';
import { idPattern, type LineRules } from '#lib/jsonl/line-rules';
import { textSpan, withText } from '#lib/jsonl/line-text';
import type { Piece } from '#lib/jsonl/repair-lines';
import type { Line } from '#lib/jsonl/split-lines';
import { createBlobBuilder } from './blob-builder.ts';
import type { Told } from './read-through.ts';
import { eachLine, takeIds } from './repair-blob.ts';

export type Part = { file: Blob; prefix: string };
/** How many ids of each part stood in a part before it, and what the first few became. */
export type Clashes = { count: number; samples: { id: string; becomes: string }[] };
export type Merged = { blob: Blob; clashes: Clashes[] };

const samplesKept = 3;
const newline = Uint8Array.of(0x0a);

/** Several files, one behind the other, as one. An id that stands in a file before gets the prefix of its own file. */
export async function mergeFiles(parts: Part[], rules: LineRules, onProgress: Told): Promise<Merged> {
  const taken = new Set<string>();
  let before = 0;
  const told = (bytes: number) => onProgress((before + bytes) / 2);
  for (const { file } of parts) {
    await takeIds(file, taken, told);
    before += file.size;
  }
  const ids = createFreeIds(taken, idPattern(rules));
  const builder = createBlobBuilder();
  const earlier = new Set<string>();
  const clashes: Clashes[] = [];
  for (const [n, { file, prefix }] of parts.entries()) {
    const own = new Set<string>();
    const found: Clashes = { count: 0, samples: [] };
    let endsOpen = false;
    builder.from(file);
    const add = (line: Line) => {
      endsOpen = line.offset + line.length === file.size;
      const id = idIn(line.bytes);
      if (id !== null) own.add(id);
      const becomes =
        id !== null && earlier.has(id) ? (ids.itself(prefix + id) ?? ids.like(prefix + id)) : null;
      if (id !== null && becomes !== null) {
        found.count++;
        if (found.samples.length < samplesKept) found.samples.push({ id, becomes });
      }
      builder.add(piece(line, becomes, { isLater: n > 0, isOpen: endsOpen }));
    };
    await eachLine(file, add, told);
    if (endsOpen && n < parts.length - 1) builder.addBytes(newline);
    for (const id of own) earlier.add(id);
    clashes.push(found);
    before += file.size;
  }
  return { blob: builder.finish(), clashes };
}

type Stand = { isLater: boolean; isOpen: boolean };

function piece({ bytes, line, offset, length }: Line, id: string | null, { isLater, isOpen }: Stand): Piece {
  const to = offset + length + (isOpen ? 0 : 1);
  if (!bytes) return { from: offset, to, bytes, isNew: false };
  const { start, end } = textSpan(bytes, line);
  // A byte order mark stands at the start of a file and nowhere else.
  const skipped = isLater ? start : 0;
  const read = id === null ? null : editable(decoder.decode(bytes.subarray(start, end)));
  if (!read) return { from: offset + skipped, to, bytes: bytes.subarray(skipped), isNew: false };
  const text = withMember(read, '', 'custom_id', JSON.stringify(id));
  const renamed = withText(bytes, line, text).subarray(skipped);
  return { from: offset, to, bytes: isOpen ? renamed : ended(renamed), isNew: true };
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

function ended(bytes: Uint8Array): Uint8Array {
  const whole = new Uint8Array(bytes.length + 1);
  whole.set(bytes);
  whole[bytes.length] = 0x0a;
  return whole;
}
