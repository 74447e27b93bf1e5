import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { hitPlaces } from '#lib/model/result';
import { findWords } from './find-words.ts';
import { TextWriter } from './text-file.ts';
import { textPage } from './text-page.ts';

const dir = mkdtempSync(path.join(tmpdir(), 'words-'));

type Texts = { customId: string; prompt: string; answer: string };

const rows: Texts[] = [
  { customId: 'row-1', prompt: 'What is the capital of France?', answer: 'PARIS, of course' },
  { customId: 'row-2', prompt: '100% of _all_ (a+)+$ [x]', answer: 'paris\nlondon' },
  { customId: '__proto__', prompt: '', answer: '🙂 Straße İstanbul' },
  { customId: 'ΟΔΟΣ', prompt: 'ὁδός οδος', answer: `${'a'.repeat(500)}b` },
  { customId: 'row-10', prompt: `${'ab'.repeat(300)}c`, answer: 'é and e\u0301 and \ud800' },
];

function write(name: string, atOnce: number): string {
  const file = path.join(dir, name);
  const writer = new TextWriter(file);
  for (const place of hitPlaces) {
    for (let at = 0; at < rows.length; at += atOnce) {
      const some = rows.slice(at, at + atOnce);
      const ordinals = Uint32Array.from(some, (_, n) => at + n + 1);
      writer.page({ place, attempt: 1, page: textPage(some.map((row) => row[place])), ordinals });
    }
  }
  writer.close();
  return file;
}

function found(file: string, words: string): number[] {
  const slices = findWords([file], words, rows.length, new Uint16Array(rows.length + 1).fill(1));
  for (let slice = slices.next(); ; slice = slices.next())
    if (slice.done) return [...slice.value.subarray(1)];
}

/** Capitals apart, and the two small sigmas one letter. */
const fold = (text: string) => text.toWellFormed().toLowerCase().replaceAll('ς', 'σ');
const expected = (words: string) =>
  rows.map((row) =>
    hitPlaces.reduce((bits, place, n) => bits | (fold(row[place]).includes(fold(words)) ? 1 << n : 0), 0),
  );

const needles = [
  'paris',
  'PARIS',
  'row-1',
  '%',
  '_all_',
  '(a+)+$',
  '[x]',
  '.*',
  '🙂',
  'straße',
  'STRASSE',
  'οδός',
  'ΟΔΟΣ',
  'οδος',
  'é',
  'e\u0301',
  '\n',
  'course paris',
  'capital of France?PARIS',
  ' ',
  'a'.repeat(300),
  `${'a'.repeat(499)}b`,
  `${'a'.repeat(501)}b`,
  `b${'a'.repeat(300)}`,
  `${'ab'.repeat(200)}c`,
  'x'.repeat(10_000),
];

test.each(needles)('%j is found where it stands and nowhere else', (words) => {
  expect(found(write('all-in-one', rows.length), words)).toEqual(expected(words));
  expect(found(write('two-a-page', 2), words)).toEqual(expected(words));
});

test('nothing is found in what belongs to nobody', () => {
  const file = path.join(dir, 'nobody');
  const writer = new TextWriter(file);
  const page = (texts: string[], ...ordinals: number[]) =>
    writer.page({ place: 'answer', attempt: 1, page: textPage(texts), ordinals: Uint32Array.from(ordinals) });
  page([]);
  page(['lost words', 'kept words'], 0, 4);
  writer.close();
  expect(found(file, 'lost')).toEqual([0, 0, 0, 0, 0]);
  expect(found(file, 'kept')).toEqual([0, 0, 0, 4, 0]);
});
