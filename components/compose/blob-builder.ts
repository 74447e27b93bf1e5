import type { Piece } from '#lib/jsonl/repair-lines';

export type BlobBuilder = {
  /** Pieces of this file from now on. */
  from(file: Blob): void;
  add(piece: Piece): void;
  addBytes(bytes: Uint8Array): void;
  finish(): Blob;
};

/** A shorter run of untouched lines is copied: a blob of very many small slices is slow. */
const slicedBytes = 64 * 1024;
const gatheredBytes = 1024 * 1024;
const newline = Uint8Array.of(0x0a);

/** Puts a file together of slices of others and new bytes. What it holds itself stays small, however large the file. */
export function createBlobBuilder(type = 'application/jsonl'): BlobBuilder {
  const parts: Blob[] = [];
  let file = new Blob();
  let bytes: BlobPart[] = [];
  let gathered = 0;
  let run: { from: number; to: number; copies: Uint8Array[] | null } | null = null;

  const gather = (more: Uint8Array) => {
    bytes.push(more as Uint8Array<ArrayBuffer>);
    gathered += more.length;
    if (gathered >= gatheredBytes) settle();
  };
  const settle = () => {
    if (gathered > 0) parts.push(new Blob(bytes));
    bytes = [];
    gathered = 0;
  };
  const endRun = () => {
    if (!run) return;
    if (run.copies) for (const copy of run.copies) gather(copy);
    else {
      settle();
      parts.push(file.slice(run.from, run.to));
    }
    run = null;
  };
  return {
    from(next) {
      endRun();
      file = next;
    },
    add({ from, to, bytes: own, isNew }) {
      if (isNew && own) {
        endRun();
        gather(own);
        return;
      }
      if (run?.to !== from) endRun();
      run ??= { from, to: from, copies: [] };
      run.to = to;
      if (run.to - run.from > slicedBytes || !own) run.copies = null;
      else run.copies?.push(own, ...(to - from > own.length ? [newline] : []));
    },
    addBytes(more) {
      endRun();
      gather(more);
    },
    finish() {
      endRun();
      settle();
      return new Blob(parts, { type });
    },
  };
}
