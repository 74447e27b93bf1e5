import { expect, test } from 'vitest';
import { presetNamed, presets } from '#lib/model/preset';
import { startFacts, startGroups } from './preset-groups.ts';

const factsOf = (name: string) => {
  const preset = presetNamed(name);
  if (!preset) throw new Error(`There is no preset ${name}.`);
  return startFacts(preset);
};

test('every preset stands in one group, the sandbox well behaved and not', () => {
  const groups = startGroups('');
  expect(groups.map(({ title }) => title)).toEqual([
    'Built in',
    'Inline',
    'OpenAI-compatible',
    'Gateways',
    'Anthropic',
  ]);
  const ids = groups.flatMap(({ starts }) => starts.map(({ id }) => id));
  expect(ids.toSorted()).toEqual([...presets.map(({ name }) => name), 'sandbox-misbehaving'].toSorted());
  expect(groups[3]?.starts.map(({ id }) => id)).toEqual(['portkey', 'litellm']);
});

test('searching leaves what fits and drops empty groups', () => {
  expect(startGroups('  GROQ ').flatMap(({ starts }) => starts.map(({ id }) => id))).toEqual(['groq']);
  expect(startGroups('nobody of that name')).toEqual([]);
});

test('a card says what one brings and what one gets, unknown included', () => {
  expect(factsOf('openai')).toEqual(['needs a key', '50,000 requests, 200 MB', '24h', 'half price']);
  expect(factsOf('groq')).toContain('24h to 7d');
  expect(factsOf('inline-compatible')).toEqual([
    'needs a key',
    'needs its base URL',
    'limits not known',
    'discount not known',
  ]);
  expect(factsOf('deepinfra')).toContain('20 % off');
  expect(factsOf('sandbox')).toEqual(['no key', '100,000 requests, 256 MiB', '24h', 'half price']);
});
