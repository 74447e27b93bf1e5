import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { withBroken } from '#lib/commands/broken';
import { killAt, type Options } from './kill-at.ts';
import { type Shown, type Variant, variants } from './variants.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const kills = [
  'step:20',
  'row:1',
  'intent-kept:1',
  'create-answered:1',
  'result-kept:1',
  'index-chunk:1',
  'pointer-flip:1',
];
const cuts = ['step:40', 'row-kept:1', 'create-recorded:1', 'pointer-flipped:1'];

test.concurrent.each([
  ...kills.map((at): [string, Options] => [at, {}]),
  ...cuts.map((at): [string, Options] => [`${at}`, { cut: true }]),
  ['upload-recorded:1', { way: 'openai' }],
  ['create-answered:1', { way: 'openai' }],
  ['create-answered:1', { way: 'anthropic' }],
  // The provider dies with it before it has kept the batch, so only a person can tell.
  ['before:rename /data/sandbox/drafts', { way: 'anthropic' }],
  ['retry-kept:1', { retries: true }],
  ['create-answered:2', { retries: true }],
  ['result-kept:2', { retries: true, way: 'openai' }],
  ['pointer-flip:2', { retries: true, way: 'anthropic' }],
  ['create-recorded:2', { retries: true, cut: true }],
])(
  'at %s a kill, or a power cut, loses nothing, sends nothing twice and changes no byte (%o)',
  async (at, how) => {
    const { killedAt, wrong } = await killAt(at, { ...how, withinMs: 60_000 });
    expect(wrong).toEqual([]);
    expect(killedAt).not.toBeNull();
  },
  90_000,
);

test.concurrent.each([
  ['the intent is not marked as sent before the call', 'create-answered:1'],
  ['the bytes of a blob are not synced', 'row-kept:1'],
])(
  'a product in which %s is found out',
  async (name, at) => {
    const variant = variants.find((one) => one.name === name);
    const shown = variant?.shown.find((one) => one.at === at);
    const { says, ...how } = shown as Shown;
    const { wrong } = await withBroken((variant as Variant).edits, (tree) => killAt(at, { tree, ...how }));
    expect(wrong.join('; ')).toContain(says);
  },
  90_000,
);

test('every named point is shown to matter by a variant, and every variant names real points', () => {
  const source = globSync('lib/**/*.ts', { cwd: root }).map((file) =>
    readFileSync(path.join(root, file), 'utf8'),
  );
  const points = source.flatMap((text) =>
    [...text.matchAll(/^ +fp\('([a-z-]+)'\);$/gm)].map(([, name]) => name),
  );
  const shown = variants.flatMap((variant) => variant.shown.map(({ at }) => at.split(':')[0]));
  expect([...new Set(shown)].sort()).toEqual([...new Set(points)].sort());
});

test.each(variants)('the source still holds what is broken where $name', ({ edits }) => {
  for (const { file, from } of edits) {
    expect(readFileSync(path.join(root, file), 'utf8').split(from), `${file}: ${from}`).toHaveLength(2);
  }
});
