import { expect, test } from 'vitest';
import { suggestRepairs } from './suggest-repairs.ts';

const wanted = (codes: Parameters<typeof suggestRepairs>[0]) =>
  suggestRepairs(codes, 'params').wanted.map(({ label }) => label);

test('what a file needs is offered first', () => {
  expect(wanted({})).toEqual([]);
  expect(wanted({ bom: 1, crlf: 9 })).toEqual(['Strip the byte order mark', 'Normalize newlines']);
  expect(wanted({ duplicate_custom_id: 2 })).toEqual(['Make ids unique', 'Drop bad lines']);
  expect(wanted({ mixed_models: 1, unsafe_number: 3 })).toEqual(['Set the model']);
});

test('whatever is not needed can still be done', () => {
  const { wanted, others } = suggestRepairs({ stream_not_allowed: 1 }, 'openai');
  expect([...wanted, ...others].map(({ label }) => label).sort()).toEqual([
    'Add missing ids',
    'Convert to params',
    'Drop bad lines',
    'Make ids unique',
    'Normalize newlines',
    'Remove stream',
    'Set a parameter',
    'Set max_tokens',
    'Set the model',
    'Strip the byte order mark',
  ]);
});

test('lines are turned into the form they have not', () => {
  const convert = (dialect: 'openai' | 'params') =>
    suggestRepairs({ wrong_dialect: 1 }, dialect).wanted[0]?.repair;
  expect(convert('params')).toMatchObject({ kind: 'convert', to: 'openai' });
  expect(convert('openai')).toMatchObject({ kind: 'convert', to: 'params' });
});

test('lines of two forms are turned into the one that stands first', () => {
  const convert = (dialect: 'openai' | 'params') =>
    suggestRepairs({ mixed_dialects: 1 }, dialect).wanted[0]?.repair;
  expect(convert('params')).toMatchObject({ kind: 'convert', to: 'params' });
  expect(convert('openai')).toMatchObject({ kind: 'convert', to: 'openai' });
});
