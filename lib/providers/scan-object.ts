import 'server-only';

/** What the first JSON object of a body has shown so far. */
export type Seen = {
  /** Its own keys, in the order they came. */
  keys: Set<string>;
  /** Offset just behind its closing brace, once that came. */
  end: number | null;
  /** Offset of the `[` that opens its own `results`. */
  results: number | null;
  /** The body does not start with `{`. */
  foreign: boolean;
};

const quote = 34;
const backslash = 92;

/** Walks the bytes of a body as they arrive and notes the keys of its first object, without parsing values. */
export function scanFirstObject(): { seen: Seen; push: (chunk: Uint8Array) => void } {
  const seen: Seen = { keys: new Set(), end: null, results: null, foreign: false };
  const bom = [0xef, 0xbb, 0xbf];
  let at = 0;
  let depth = 0;
  let inString = false;
  let escaped = false;
  let expectKey = false;
  let key: number[] | null = null;
  let lastKey = '';

  const step = (byte: number) => {
    if (inString) {
      if (escaped) escaped = false;
      else if (byte === backslash) escaped = true;
      else if (byte === quote) inString = false;
      if (key && inString && key.length < 64) key.push(byte);
      if (key && !inString) {
        lastKey = String.fromCharCode(...key);
        seen.keys.add(lastKey);
        key = null;
        expectKey = false;
      }
      return;
    }
    if (depth === 0 && byte !== 123) {
      if (!isSpace(byte) && bom[at] !== byte) seen.foreign = true;
      return;
    }
    if (byte === quote) {
      inString = true;
      if (depth === 1 && expectKey) key = [];
    } else if (byte === 123 || byte === 91) {
      if (byte === 91 && depth === 1 && lastKey === 'results') seen.results = at;
      depth++;
      if (depth === 1) expectKey = true;
    } else if (byte === 125 || byte === 93) {
      depth--;
      if (depth === 0) seen.end = at + 1;
    } else if (byte === 44 && depth === 1) expectKey = true;
  };

  const push = (chunk: Uint8Array) => {
    for (let i = 0; i < chunk.length && seen.end === null && !seen.foreign; i++) {
      step(chunk[i] ?? 0);
      at++;
    }
  };
  return { seen, push };
}

function isSpace(byte: number): boolean {
  return byte === 32 || byte === 9 || byte === 10 || byte === 13;
}
