import 'server-only';
import type { OpenFiles } from './open-files.ts';

export type FilePlace = { file: string; offset: number; length: number };

const pieceBytes = 512 * 1024;
const newline = Uint8Array.of(0x0a);

/** Bytes of many places and of our own, one behind the other, in pieces that pass to another thread without a copy. */
export function* gather(
  files: OpenFiles,
  parts: Iterable<FilePlace | Uint8Array>,
): Generator<Uint8Array<ArrayBuffer>> {
  let piece = new Uint8Array(pieceBytes);
  let used = 0;
  for (const part of parts) {
    for (let done = 0; done < part.length; ) {
      if (used === pieceBytes) {
        yield piece;
        piece = new Uint8Array(pieceBytes);
        used = 0;
      }
      const room = Math.min(part.length - done, pieceBytes - used);
      const taken =
        part instanceof Uint8Array
          ? copy(part.subarray(done, done + room), piece, used)
          : files.readInto(part.file, piece, used, room, part.offset + done);
      done += taken;
      used += taken;
    }
  }
  if (used > 0) yield piece.subarray(0, used);
}

function copy(from: Uint8Array, into: Uint8Array, at: number): number {
  into.set(from, at);
  return from.length;
}

/** Each place as a line. Those that stand one behind the other in a file are read as one. */
export function* asLines(places: Iterable<FilePlace>): Generator<FilePlace | Uint8Array> {
  let run: FilePlace | null = null;
  for (const place of places) {
    if (run?.file === place.file && run.offset + run.length + 1 === place.offset) {
      run.length += 1 + place.length;
      continue;
    }
    if (run) yield* [run, newline];
    run = { ...place };
  }
  if (run) yield* [run, newline];
}
