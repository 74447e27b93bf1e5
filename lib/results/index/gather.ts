import 'server-only';
import type { OpenFiles } from './open-files.ts';

export type FilePlace = { file: string; offset: number; length: number };

const pieceBytes = 512 * 1024;
const newline = 0x0a;

/** The bytes of many lines, each with a newline behind it, in pieces that pass to another thread without a copy. */
export function* gather(files: OpenFiles, places: Iterable<FilePlace>): Generator<Uint8Array<ArrayBuffer>> {
  let piece = new Uint8Array(pieceBytes);
  let used = 0;
  for (const { file, offset, length } of runs(places)) {
    for (let done = 0; done <= length; ) {
      if (used === pieceBytes) {
        yield piece;
        piece = new Uint8Array(pieceBytes);
        used = 0;
      }
      const wanted = Math.min(length - done, pieceBytes - used);
      if (wanted === 0) piece[used] = newline;
      const taken = wanted === 0 ? 1 : files.readInto(file, piece, used, wanted, offset + done);
      done += taken;
      used += taken;
    }
  }
  if (used > 0) yield piece.subarray(0, used);
}

/** Lines that stand one behind the other in a file are read as one. */
function* runs(places: Iterable<FilePlace>): Generator<FilePlace> {
  let run: FilePlace | null = null;
  for (const place of places) {
    if (run?.file === place.file && run.offset + run.length + 1 === place.offset) {
      run.length += 1 + place.length;
    } else {
      if (run) yield run;
      run = { ...place };
    }
  }
  if (run) yield run;
}
