import 'server-only';
import { folded } from '#lib/model/folded';

/** Folded texts as UTF-8, one behind the other, each closed by a byte that no UTF-8 holds: no hit spans two of them. */
export type TextPage = { bytes: Uint8Array<ArrayBuffer>; lengths: Uint32Array<ArrayBuffer> };

const closing = 0xff;

export function textPage(texts: readonly string[]): TextPage {
  const small = texts.map(folded);
  const lengths = Uint32Array.from(small, (text) => Buffer.byteLength(text) + 1);
  const bytes = new Uint8Array(lengths.reduce((sum, length) => sum + length, 0));
  const written = Buffer.from(bytes.buffer);
  let at = 0;
  for (const text of small) {
    at += written.write(text, at);
    bytes[at] = closing;
    at += 1;
  }
  return { bytes, lengths };
}

/** What is looked for, as it stands in a page. */
export function needleOf(words: string): Buffer {
  return Buffer.from(folded(words));
}
