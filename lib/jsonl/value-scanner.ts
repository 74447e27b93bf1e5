const quote = 0x22;
const backslash = 0x5c;

/** Gathers the bytes of one JSON value over any number of chunks. It finds the end; whether the inside is valid is the reader's question. */
export type ValueScanner = {
  readonly busy: boolean;
  readonly length: number;
  canStart(byte: number): boolean;
  start(first: number): void;
  /** Answers the index of the first byte that no longer belongs to the value. */
  scan(chunk: Uint8Array, from: number): number;
  take(): Uint8Array;
};

export function createValueScanner(): ValueScanner {
  let busy = false;
  let bare = false;
  let inString = false;
  let escaped = false;
  let depth = 0;
  let pieces: Uint8Array[] = [];
  let length = 0;

  /** Index behind the value, or -1 while it goes on. */
  const endIn = (chunk: Uint8Array, from: number): number => {
    for (let i = from; i < chunk.length; i++) {
      const byte = chunk[i] ?? 0;
      if (escaped) escaped = false;
      else if (inString) {
        if (byte === backslash) escaped = true;
        else if (byte === quote) {
          inString = false;
          if (depth === 0) return i + 1;
        }
      } else if (bare) {
        if (isSpace(byte) || byte === 0x2c || byte === 0x5d || byte === 0x7d) return i;
      } else if (byte === quote) inString = true;
      else if (byte === 0x7b || byte === 0x5b) depth++;
      else if ((byte === 0x7d || byte === 0x5d) && --depth === 0) return i + 1;
    }
    return -1;
  };

  return {
    get busy() {
      return busy;
    },
    get length() {
      return length;
    },
    canStart: (byte) => byte === quote || byte === 0x7b || byte === 0x5b || byte === 0x2d || isWordByte(byte),
    start(first) {
      busy = true;
      bare = first !== quote && first !== 0x7b && first !== 0x5b;
      inString = false;
      escaped = false;
      depth = 0;
      pieces = [];
      length = 0;
    },
    scan(chunk, from) {
      const found = endIn(chunk, from);
      const end = found === -1 ? chunk.length : found;
      pieces.push(chunk.subarray(from, end));
      length += end - from;
      busy = found === -1;
      return end;
    },
    take() {
      const whole = new Uint8Array(length);
      let at = 0;
      for (const piece of pieces) {
        whole.set(piece, at);
        at += piece.length;
      }
      pieces = [];
      return whole;
    },
  };
}

export function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/** How a byte is named in a message. */
export function shown(byte: number): string {
  return byte > 0x20 && byte < 0x7f
    ? `\`${String.fromCharCode(byte)}\``
    : `byte 0x${byte.toString(16).padStart(2, '0')}`;
}

/** Digits and lower-case letters begin numbers and the words true, false and null. */
function isWordByte(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x39) || (byte >= 0x61 && byte <= 0x7a);
}
