const newline = 0x0a;

/** A line may be this long and no longer. */
export const maxLineBytes = 64 * 1024 * 1024;

export type Line = {
  /** Without the newline; null when the line was too long to be kept. */
  bytes: Uint8Array | null;
  /** Physical and 1-based. */
  line: number;
  offset: number;
  length: number;
};

export type LineSplitter = {
  push(chunk: Uint8Array, onLine: (line: Line) => void): void;
  end(onLine: (line: Line) => void): void;
};

type SplitOptions = {
  maxLineBytes?: number;
  /** The memory of a chunk is used for something else once it was pushed. */
  reused?: boolean;
};

/** Splits at byte 0x0A only: U+2028 and a bare carriage return are text. Lines share memory with the chunks. */
export function createLineSplitter({
  maxLineBytes: limit = maxLineBytes,
  reused = false,
}: SplitOptions = {}): LineSplitter {
  let pieces: Uint8Array[] = [];
  let length = 0;
  let line = 1;
  let offset = 0;

  const keep = (piece: Uint8Array) => {
    length += piece.length;
    if (length > limit) pieces = [];
    else if (piece.length > 0) pieces.push(reused ? piece.slice() : piece);
  };
  const finish = (last: Uint8Array, onLine: (line: Line) => void) => {
    if (length > 0 || last.length > limit) keep(last);
    else length = last.length;
    const bytes = length > limit ? null : pieces.length > 0 ? joined(pieces, length) : last;
    onLine({ bytes, line, offset, length });
    offset += length + 1;
    line++;
    pieces = [];
    length = 0;
  };

  return {
    push(chunk, onLine) {
      let start = 0;
      for (let at = chunk.indexOf(newline); at !== -1; at = chunk.indexOf(newline, start)) {
        finish(chunk.subarray(start, at), onLine);
        start = at + 1;
      }
      if (start < chunk.length) keep(chunk.subarray(start));
    },
    end(onLine) {
      if (length > 0) finish(new Uint8Array(), onLine);
    },
  };
}

export async function* linesOf(
  source: AsyncIterable<Uint8Array>,
  options: { maxLineBytes?: number } = {},
): AsyncGenerator<Line> {
  const splitter = createLineSplitter(options);
  let ready: Line[] = [];
  const collect = (line: Line) => ready.push(line);
  for await (const chunk of source) {
    splitter.push(chunk, collect);
    const lines = ready;
    ready = [];
    yield* lines;
  }
  splitter.end(collect);
  yield* ready;
}

function joined(pieces: Uint8Array[], length: number): Uint8Array {
  const [only] = pieces;
  if (pieces.length === 1 && only) return only;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
