import type { LinePlace, Snippet } from '#lib/model/finding';

/** One line with where it stands; its text is what a person may read and edit of it. */
export type LineText = {
  line: number;
  /** Null where the line was too long to be held, or is none. */
  place: LinePlace | null;
  /** Characters (not UTF-16 halves) before an index of the text, plus one. Cheap when asked in rising order. */
  columnAt(index: number): number;
  snippetAt(index: number): Snippet;
};

const lossy = new TextDecoder('utf-8', { ignoreBOM: true });
const before = 32;
const behind = 64;

export function lineText(given: Uint8Array | null, line: number, offset: number): LineText {
  const bytes = given ?? new Uint8Array();
  const { start, end } = textSpan(bytes, line);
  let decoded: string | null = null;
  const text = () => {
    decoded ??= lossy.decode(bytes.subarray(start, end));
    return decoded;
  };
  const known = { index: 0, column: 1 };
  return {
    line,
    place: given && { offset: offset + start, bytes: end - start },
    columnAt(index) {
      if (index < known.index) Object.assign(known, { index: 0, column: 1 });
      for (; known.index < index; known.column++) {
        known.index += (text().codePointAt(known.index) ?? 0) > 0xffff ? 2 : 1;
      }
      return known.column;
    },
    snippetAt: (index) => cutAround(text(), index, Math.min(text().length, index + 1)),
  };
}

/** The part of a line's bytes that is its text. */
export function textSpan(bytes: Uint8Array, line: number): { start: number; end: number } {
  const start = line === 1 && startsWithBom(bytes) ? 3 : 0;
  const end = bytes.length > start && bytes[bytes.length - 1] === 0x0d ? bytes.length - 1 : bytes.length;
  return { start, end };
}

/** The bytes of a line with another text in them: byte order mark and CR stay. */
export function withText(bytes: Uint8Array, line: number, text: string): Uint8Array {
  const { start, end } = textSpan(bytes, line);
  const inside = new TextEncoder().encode(text);
  const whole = new Uint8Array(start + inside.length + bytes.length - end);
  whole.set(bytes.subarray(0, start));
  whole.set(inside, start);
  whole.set(bytes.subarray(end), start + inside.length);
  return whole;
}

export function startsWithBom(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}

/** Text from a file as a message shows it: nothing invisible, no halves of characters. */
export function visible(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu,
    (sign) => `\\u${(sign.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
}

/** A span of a text with what stands around it. */
export function cutAround(text: string, from: number, to: number): Snippet {
  const start = edge(text, Math.max(0, from - before));
  const first = edge(text, from);
  const last = edge(text, Math.max(first, to));
  const end = edge(text, Math.min(text.length, last + behind));
  return {
    before: (start > 0 ? '…' : '') + visible(text.slice(start, first)),
    at: visible(text.slice(first, last)),
    after: visible(text.slice(last, end)) + (end < text.length ? '…' : ''),
  };
}

/** An index that does not part a surrogate pair. */
function edge(text: string, index: number): number {
  return index > 0 && (text.codePointAt(index - 1) ?? 0) > 0xffff ? index + 1 : index;
}
