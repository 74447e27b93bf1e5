import 'server-only';

/** Longer needles are matched by a way of our own: up to here the engine's takes linear time, whatever the text. */
const shortNeedle = 200;

/** Which of the texts that stand one behind the other hold the needle; each of them at most once. */
export function matchTexts(needle: Buffer): (text: Buffer, lengths: () => Uint32Array) => Iterable<number> {
  if (needle.length <= shortNeedle) return (text, lengths) => matchShort(text, needle, lengths);
  const borders = bordersOf(needle);
  return (text, lengths) => matchLong(text, needle, borders, lengths());
}

function* matchShort(text: Buffer, needle: Buffer, lengthsOf: () => Uint32Array): Generator<number> {
  let hit = text.indexOf(needle);
  if (hit === -1) return;
  const lengths = lengthsOf();
  let n = -1;
  for (let end = 0; hit !== -1; hit = text.indexOf(needle, end)) {
    while (end <= hit) {
      n += 1;
      end += lengths[n] ?? 1;
    }
    yield n;
  }
}

/** Knuth, Morris and Pratt; texts that are shorter than the needle are passed over. */
function* matchLong(
  text: Buffer,
  needle: Buffer,
  borders: Int32Array,
  lengths: Uint32Array,
): Generator<number> {
  let start = 0;
  for (const [n, length] of lengths.entries()) {
    if (length > needle.length && holds(text, start, start + length, needle, borders)) yield n;
    start += length;
  }
}

function holds(text: Buffer, from: number, to: number, needle: Buffer, borders: Int32Array): boolean {
  let matched = 0;
  for (let i = from; i < to; i++) {
    while (matched > 0 && text[i] !== needle[matched]) matched = borders[matched - 1] ?? 0;
    if (text[i] === needle[matched]) matched += 1;
    if (matched === needle.length) return true;
  }
  return false;
}

/** How much of the needle's beginning each of its beginnings ends with. */
function bordersOf(needle: Buffer): Int32Array {
  const borders = new Int32Array(needle.length);
  for (let i = 1, matched = 0; i < needle.length; i++) {
    while (matched > 0 && needle[i] !== needle[matched]) matched = borders[matched - 1] ?? 0;
    if (needle[i] === needle[matched]) matched += 1;
    borders[i] = matched;
  }
  return borders;
}
