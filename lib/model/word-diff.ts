import { type Edit, editScript } from './edit-script.ts';

export type Piece = { text: string; differs: boolean };
/** Both texts in pieces, which joined are the texts again; how many words of each the other has not. */
export type WordDiff = { first: Piece[]; second: Piece[]; onlyFirst: number; onlySecond: number };

/** Longer texts, and such as have hardly a word in common, are shown without marks. */
const mostCharacters = 65_536;
const mostEdits = 3_000;

/** Which words of two texts differ; null where telling would take too long. */
export function wordDiff(first: string, second: string): WordDiff | null {
  if (Math.max(first.length, second.length) > mostCharacters) return null;
  const [ours, theirs] = [wordsIn(first), wordsIn(second)];
  const numbers = new Map<string, number>();
  const script = editScript(numbered(ours, numbers), numbered(theirs, numbers), mostEdits);
  return script && inPieces(ours, theirs, withoutSharedEnds(withoutGaps(script, ours), ours, theirs));
}

/** Words, stretches of white space, and single marks; where words are written without spaces, single letters. */
const word =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]|[[\p{L}\p{N}\p{M}_]--[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]]+|\s+|./gsv;

export function wordsIn(text: string): string[] {
  return text.match(word) ?? [];
}

function numbered(words: string[], numbers: Map<string, number>): Int32Array {
  return Int32Array.from(words, (one) => {
    const number = numbers.get(one) ?? numbers.size;
    numbers.set(one, number);
    return number;
  });
}

/** White space alone between two changes belongs to them: else every second word of a new sentence would stand apart. */
function withoutGaps(script: Edit[], ours: string[]): Edit[] {
  const edits: Edit[] = [];
  let at = 0;
  for (const edit of script) {
    const before = edits.at(-1);
    const isGap = edit.same > 0 && ours.slice(at, at + edit.same).every((one) => one.trim() === '');
    if (before && isGap && edit.gone + edit.come > 0) {
      before.gone += edit.same + edit.gone;
      before.come += edit.same + edit.come;
    } else edits.push({ ...edit });
    at += edit.same + edit.gone;
  }
  return edits;
}

/** White space that both changed stretches end with belongs to what follows. */
function withoutSharedEnds(edits: Edit[], ours: string[], theirs: string[]): Edit[] {
  const trimmed: Edit[] = [];
  let [here, there, kept] = [0, 0, 0];
  for (const { same, gone, come } of edits) {
    here += same + gone;
    there += same + come;
    const end = ours[here - 1];
    const isShared = gone > 0 && come > 0 && end === theirs[there - 1] && end?.trim() === '';
    const less = isShared ? 1 : 0;
    trimmed.push({ same: same + kept, gone: gone - less, come: come - less });
    kept = less;
  }
  return kept === 0 ? trimmed : [...trimmed, { same: kept, gone: 0, come: 0 }];
}

function inPieces(ours: string[], theirs: string[], edits: Edit[]): WordDiff {
  const made: WordDiff = { first: [], second: [], onlyFirst: 0, onlySecond: 0 };
  const take = (into: Piece[], words: string[], differs: boolean) => {
    if (words.length > 0) into.push({ text: words.join(''), differs });
    return words.filter((one) => /[\p{L}\p{N}]/u.test(one)).length;
  };
  let [here, there] = [0, 0];
  for (const { same, gone, come } of edits) {
    take(made.first, ours.slice(here, here + same), false);
    take(made.second, theirs.slice(there, there + same), false);
    here += same;
    there += same;
    made.onlyFirst += take(made.first, ours.slice(here, here + gone), true);
    made.onlySecond += take(made.second, theirs.slice(there, there + come), true);
    here += gone;
    there += come;
  }
  return made;
}
