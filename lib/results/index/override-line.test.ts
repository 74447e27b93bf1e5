import { expect, test } from 'vitest';
import { overrideLine } from './override-line.ts';

const cases: [string, object, string][] = [
  [
    '{"custom_id":"a","params":{"model":"m","n":9007199254740993,"t":1e400}}',
    { model: 'other' },
    '{"custom_id":"a","params":{"model":"other","n":9007199254740993,"t":1e400}}',
  ],
  [
    '{ "custom_id": "a", "params": { "model": "m" } }',
    { max_tokens: 512 },
    '{ "custom_id": "a", "params": {"max_tokens":512, "model": "m" } }',
  ],
  ['{"custom_id":"a","params":{}}', { model: 'm' }, '{"custom_id":"a","params":{"model":"m"}}'],
  [
    '{"custom_id":"a","method":"POST","url":"/v1/x","body":{"stop":["}","\\"]"],"model":"m"}}',
    { stop: null, model: 'n' },
    '{"custom_id":"a","method":"POST","url":"/v1/x","body":{"stop":null,"model":"n"}}',
  ],
  [
    '{"custom_id":"a","params":{"model":"m","tools":{"model":"inner"},"__proto__":{"x":1}}}',
    { model: 'n' },
    '{"custom_id":"a","params":{"model":"n","tools":{"model":"inner"},"__proto__":{"x":1}}}',
  ],
  [
    '{"custom_id":"a","params":{"max_tokens": 5 }}',
    { max_tokens: 6 },
    '{"custom_id":"a","params":{"max_tokens": 6 }}',
  ],
];

test.each(cases)('%s with %j', (line, overrides, expected) => {
  expect(overrideLine(line, { ...overrides })).toBe(expected);
  JSON.parse(expected);
});

test('a line that is changed as it was stays as it was', () => {
  const line = '{"custom_id":"a","params":{"model":"m","n":1.0}}';
  expect(overrideLine(line, { model: 'm' })).toBe(line);
});
