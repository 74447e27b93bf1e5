import { expect, test } from 'vitest';
import { json } from './json.ts';
import { sampleOf } from './json-sample.ts';

const answer = (params: Record<string, unknown>) => {
  const reply = json.reply({ custom_id: 'a', params: { model: 'sandbox/json', ...params } }, 0);
  if (reply.kind !== 'answer') throw new Error(reply.kind);
  return reply.message;
};
const schema = {
  type: 'object',
  properties: {
    city: { type: 'string' },
    mood: { enum: ['good', 'bad'] },
    days: { type: 'array', items: { $ref: '#/$defs/day' }, minItems: 2 },
    sure: { type: ['boolean', 'null'] },
  },
  $defs: { day: { type: 'integer', minimum: 7 } },
};
const fitting = { city: 'some city', mood: 'good', days: [7, 7], sure: true };

test('an answer fits the schema it was asked for, wherever the dialect puts it', () => {
  const ways = [
    { response_format: { type: 'json_schema', json_schema: { name: 'x', schema } } },
    { output_config: { format: { type: 'json_schema', schema } } },
    { text: { format: { type: 'json_schema', name: 'x', schema } } },
  ];
  for (const way of ways) expect(JSON.parse(answer(way).content ?? '')).toEqual(fitting);
  expect(JSON.parse(answer({}).content ?? '')).toEqual({ custom_id: 'a', model: 'sandbox/json' });
});

test('a tool that must be called is called with what its schema takes', () => {
  const tools = [
    { name: 'first', input_schema: {} },
    { type: 'function', function: { name: 'look', parameters: schema } },
  ];
  const called = (tool_choice: unknown) => answer({ tools, tool_choice }).tool_calls?.[0]?.function;
  expect(called({ type: 'function', function: { name: 'look' } })).toEqual({
    name: 'look',
    arguments: JSON.stringify(fitting),
  });
  expect(called({ type: 'any' })?.name).toBe('first');
  expect(called('auto')).toBeUndefined();
});

test('a schema that points at itself comes to an end', () => {
  const list = { type: 'object', properties: { next: { $ref: '#' } } };
  expect(JSON.stringify(sampleOf(list)).length).toBeLessThan(500);
});
