import { expect, it } from 'vitest';
import { schemaBreaks } from './schema-breaks.ts';
import { wantedSchema } from './wanted-schema.ts';

const node = { type: 'object', properties: { next: { $ref: '#/$defs/node' }, v: { type: 'integer' } } };
const schema = {
  type: 'object',
  additionalProperties: false,
  required: ['label', 'score', '__proto__'],
  properties: {
    label: { enum: ['good', 'bad'] },
    score: { type: 'number', minimum: 0, maximum: 10, multipleOf: 0.1 },
    tags: { type: 'array', maxItems: 2, items: { type: 'string', minLength: 1 } },
    note: { type: ['string', 'null'] },
    either: { anyOf: [{ type: 'object', required: ['a'] }, { type: 'null' }] },
    list: { $ref: '#/$defs/node' },
    ['__proto__']: { const: 1 },
  },
  $defs: { node },
};
const told = (value: unknown) =>
  schemaBreaks(schema, value).map(({ place, problem }) => `${place} ${problem}`);
const good = (more: string) => JSON.parse(`{"label":"good","score":0.3,"__proto__":1${more}}`) as unknown;

it('says nothing of an answer that keeps to its schema', () => {
  expect(told(good(''))).toEqual([]);
  expect(
    told(good(',"tags":["a","b"],"note":null,"either":{"a":1},"list":{"next":{"next":{"v":2}}}')),
  ).toEqual([]);
});

it('names each place that breaks it, in words', () => {
  expect(told({ label: 'meh', score: '7' })).toEqual([
    'answer.__proto__ is missing',
    'answer.label is "meh", not one of "good", "bad"',
    'answer.score is a string, not number',
  ]);
  expect(told(good(',"tags":["a","",3],"a.b":1'))).toEqual([
    'answer.tags has 3 items, more than 2',
    'answer.a\\.b is not in the schema',
  ]);
  expect(told(good(',"tags":["",3],"either":{"b":1},"list":{"next":{"v":1.5}}'))).toEqual([
    'answer.tags.0 has 0 characters, fewer than 1',
    'answer.tags.1 is a number, not string',
    'answer.either.a is missing',
    'answer.list.next.v is a number, not integer',
  ]);
  expect(told(good(',"either":5'))).toEqual(['answer.either fits none of 2 forms']);
  expect(told([])).toEqual(['answer is an array, not object']);
  expect(told(JSON.parse('{"label":"bad","score":10.05,"__proto__":2}'))).toEqual([
    'answer.score is 10.05, more than 10',
    'answer.score is 10.05, not a multiple of 0.1',
    'answer.__proto__ is 2, not 1',
  ]);
});

it('ends on a schema that goes round in circles, and tells only the first of many', () => {
  const round = { $ref: '#/$defs/a', $defs: { a: { $ref: '#/$defs/b' }, b: { $ref: '#/$defs/a' } } };
  expect(schemaBreaks(round, 1)).toEqual([]);
  const forks = { anyOf: [{ $ref: '#' }, { $ref: '#' }], allOf: [{ $ref: '#' }] };
  expect(schemaBreaks(forks, 1)).toEqual([]);
  expect(
    schemaBreaks(
      { items: { type: 'null' } },
      Array.from({ length: 99 }, () => 1),
    ),
  ).toHaveLength(20);
  expect(schemaBreaks({ $ref: '#/constructor' }, 1)).toEqual([]);
});

it.each([
  { params: { response_format: { type: 'json_schema', json_schema: { name: 'x', schema } } } },
  { body: { text: { format: { type: 'json_schema', schema } } } },
  { params: { output_config: { format: { type: 'json_schema', schema } } } },
  { params: { output_format: { type: 'json_schema', schema } } },
])('finds the schema in %j', (line) => {
  expect(wantedSchema(line)).toBe(schema);
  expect(wantedSchema({ params: { response_format: { type: 'text' } } })).toBeUndefined();
});
