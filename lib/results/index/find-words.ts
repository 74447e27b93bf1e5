import 'server-only';
import type { Slices } from '#lib/results/take-orders';
import type { Column } from './columns.ts';
import { matchTexts } from './match-texts.ts';
import { TextReader } from './text-file.ts';
import { needleOf } from './text-page.ts';

/**
 * By ordinal, in which of a result's texts the words stand: a bit a place. One pass over the files, page by page. What
 * an attempt has said counts only where that attempt is shown.
 */
export function* findWords(files: string[], words: string, total: number, shown: Column): Slices<Uint8Array> {
  const marks = new Uint8Array(total + 1);
  const match = matchTexts(needleOf(words));
  for (const file of files) {
    const reader = new TextReader(file);
    try {
      for (let page = reader.next(); page; page = reader.next()) {
        const { text, lengths, ordinals, place, attempt } = page;
        let owners: Uint32Array | undefined;
        for (const n of match(text, lengths)) {
          owners ??= ordinals();
          const ordinal = owners[n] ?? 0;
          if (shown[ordinal] === attempt) marks[ordinal] = (marks[ordinal] ?? 0) | (1 << place);
        }
        yield undefined;
      }
    } finally {
      reader.close();
    }
  }
  return marks;
}
