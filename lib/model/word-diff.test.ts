import { describe, expect, test } from 'vitest';
import { type Edit, editScript } from './edit-script.ts';
import { type Piece, wordDiff, wordsIn } from './word-diff.ts';

const unbound = Number.POSITIVE_INFINITY;

/** The same numbers for the same seed. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** The plain way: the longest list that stands in both, by a table of all beginnings. */
function longestCommon(first: Int32Array, second: Int32Array): number {
  const table = Array.from({ length: first.length + 1 }, () => new Int32Array(second.length + 1));
  for (let i = 1; i <= first.length; i++) {
    for (let j = 1; j <= second.length; j++) {
      const [above, left, both] = [
        table[i - 1]?.[j] ?? 0,
        table[i]?.[j - 1] ?? 0,
        table[i - 1]?.[j - 1] ?? 0,
      ];
      const row = table[i];
      if (row) row[j] = first[i - 1] === second[j - 1] ? both + 1 : Math.max(above, left);
    }
  }
  return table[first.length]?.[second.length] ?? 0;
}

/** What the edits say: fails where a stretch that should be the same is not. */
function madeBy(edits: Edit[], first: Int32Array, second: Int32Array) {
  let [here, there, changes] = [0, 0, 0];
  for (const { same, gone, come } of edits) {
    expect([...first.subarray(here, here + same)]).toEqual([...second.subarray(there, there + same)]);
    here += same + gone;
    there += same + come;
    changes += gone + come;
  }
  return { here, there, changes };
}

describe.each(Array.from({ length: 60 }, (_, n) => n + 1))('lists made of seed %i', (seed) => {
  const below = randomFrom(seed);
  const list = () => Int32Array.from({ length: below(40) }, () => below(1 + below(8)));
  const [first, second] = [list(), list()];

  test('become each other by the fewest edits', () => {
    const edits = editScript(first, second, unbound) ?? [];
    const least = first.length + second.length - 2 * longestCommon(first, second);
    expect(madeBy(edits, first, second)).toEqual({
      here: first.length,
      there: second.length,
      changes: least,
    });
    expect(editScript(first, second, least)).toEqual(edits);
    if (least > 0) expect(editScript(first, second, least - 1)).toBeNull();
  });

  test('as words are both texts again, whatever is marked', () => {
    const words = ['yes', ' ', 'no', '\n\n', ',', '日本', 'é', '  '];
    const [one, other] = [first, second].map((numbers) => [...numbers].map((n) => words[n]).join(''));
    const diff = wordDiff(one ?? '', other ?? '');
    expect(textOf(diff?.first)).toBe(one);
    expect(textOf(diff?.second)).toBe(other);
    expect(textOf(diff?.first.filter(({ differs }) => !differs))).toBe(
      textOf(diff?.second.filter(({ differs }) => !differs)),
    );
  });
});

const textOf = (pieces: Piece[] | undefined) => pieces?.map(({ text }) => text).join('');
const marked = (pieces: Piece[] | undefined) =>
  pieces?.filter(({ differs }) => differs).map(({ text }) => text);

test('words are told apart, with the space between changed ones', () => {
  const diff = wordDiff('It was a very good film.', 'It was a rather bad film!');
  expect(marked(diff?.first)).toEqual(['very good', '.']);
  expect(marked(diff?.second)).toEqual(['rather bad', '!']);
  expect([diff?.onlyFirst, diff?.onlySecond]).toEqual([2, 2]);
  expect(marked(wordDiff('a good film', 'a rather long film')?.first)).toEqual(['good']);
  expect(marked(wordDiff('a good ', 'a bad thing ')?.second)).toEqual(['bad thing']);
});

test('where words have no spaces single letters are', () => {
  expect(wordsIn('東京はabc晴れ')).toEqual(['東', '京', 'は', 'abc', '晴', 'れ']);
  expect(wordsIn('e\u0301t\u00e9 😀\u202e')).toEqual(['e\u0301t\u00e9', ' ', '😀', '\u202e']);
  expect(wordsIn('')).toEqual([]);
});

test('texts without a word in common, or too long to be marked, are left as they are', () => {
  const many = (prefix: string, count: number) =>
    Array.from({ length: count }, (_, n) => prefix + n).join(' ');
  expect(wordDiff(many('a', 2_000), many('b', 2_000))).toBeNull();
  expect(wordDiff('x'.repeat(70_000), 'x')).toBeNull();
  const long = many('w', 9_000);
  expect(wordDiff(long, long.replace('w4500', 'other'))).toMatchObject({ onlyFirst: 1, onlySecond: 1 });
});
