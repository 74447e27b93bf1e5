import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { whyNotFoundOut } from './fails-in.ts';
import { promises } from './promises.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const broken = promises.flatMap((one) => one.broken);

test.each(broken)(
  'the source still holds what is broken in a product that $name',
  ({ edits, test: [file, title] }) => {
    for (const { file: place, from } of edits)
      expect(read(place).split(from), `${place}: ${from}`).toHaveLength(2);
    expect(read(file)).toContain(title);
  },
);

test('what is promised is told where engineers read it', () => {
  const told = read('docs/proofs.md');
  expect(promises.filter(({ promise }) => !told.includes(promise))).toEqual([]);
});

const sample = broken.filter(({ name }) =>
  ['believes every download', 'sends again what it did not hear of', 'lets late holders write'].includes(
    name,
  ),
);

test.concurrent.each(sample)(
  'a product that $name is found out',
  async (one) => {
    expect(await whyNotFoundOut(one)).toBeNull();
  },
  240_000,
);
