import { expect, test } from 'vitest';
import { capabilitiesOf } from '#lib/model/capabilities';
import { presetNamed, presets } from '#lib/model/preset';
import { capabilityWords } from './capability-words.ts';

const wordsOf = (preset: string, name: string) => {
  const dialect = presetNamed(preset)?.dialect ?? 'inline';
  return capabilityWords(capabilitiesOf({ preset, dialect })).find((one) => one.name === name)?.words;
};

test('how a lost create is settled is told for each way of finding one', () => {
  expect(wordsOf('openai', 'Lost answer to a create')).toMatch(/mark of ours/);
  expect(wordsOf('novita', 'Lost answer to a create')).toMatch(/uploaded file/);
  expect(wordsOf('anthropic', 'Lost answer to a create')).toMatch(/you choose/);
  expect(wordsOf('infron', 'Lost answer to a create')).toMatch(/console.*pay twice/);
});

test('windows, results and lines say what the table says', () => {
  expect(wordsOf('groq', 'Window')).toBe('24h, 48h, 72h, 7d. A late batch is ended by the provider.');
  expect(wordsOf('azure-openai', 'Window')).toMatch(/goes on/);
  expect(wordsOf('anthropic', 'Results')).toMatch(/29 days from the creation/);
  expect(wordsOf('infron', 'Results')).toMatch(/not known/);
  expect(wordsOf('openai', 'Lines')).toMatch(/^custom_id, method, url, body\./);
});

test('every preset is told in whole sentences', () => {
  for (const { name, dialect } of presets) {
    for (const { name: what, words } of capabilityWords(capabilitiesOf({ preset: name, dialect }))) {
      if (what !== 'Endpoints') expect(words, `${name} ${what}`).toMatch(/^[A-Za-z0-9].*\.$/);
    }
  }
});
