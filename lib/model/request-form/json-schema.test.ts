import { describe, expect, it } from 'vitest';
import type { Json } from './json.ts';
import { schemaProblems } from './json-schema.ts';

const paths = (schema: Json, strict = false) => schemaProblems(schema, { strict }).map(({ path }) => path);

describe('a JSON schema', () => {
  it('is fine with words it does not know', () => {
    expect(
      paths({
        $defs: { city: { type: ['string', 'null'], pattern: '^[A-Z]' } },
        type: 'object',
        properties: { at: { $ref: '#/$defs/city' }, n: { type: 'integer', minimum: 0 } },
        anyOf: [{ required: ['at'] }, true],
        'x-own': 3,
      }),
    ).toEqual([]);
  });

  it.each<[Json, string]>([
    ['text', ''],
    [{ type: 'text' }, 'type'],
    [{ type: ['string', 'str'] }, 'type'],
    [{ properties: [] }, 'properties'],
    [{ properties: { a: { type: 'list' } } }, 'properties.a.type'],
    [{ required: 'a' }, 'required'],
    [{ enum: [] }, 'enum'],
    [{ items: { minimum: '1' } }, 'items.minimum'],
    [{ minLength: -1 }, 'minLength'],
    [{ pattern: '(' }, 'pattern'],
    [{ anyOf: {} }, 'anyOf'],
    [{ anyOf: [{ type: 1 }] }, 'anyOf.0.type'],
    [{ $ref: '#/$defs/nobody' }, '$ref'],
  ])('names what is wrong: %j', (schema, path) => {
    expect(paths(schema)).toEqual([path]);
  });

  it('in strict output requires every property and no others, at every depth', () => {
    const inner = { type: 'object', properties: { b: {} }, required: ['b'] };
    const schema = { type: 'object', properties: { a: inner }, additionalProperties: false };
    expect(paths(schema, true)).toEqual(['required', 'properties.a']);
    expect(paths(schema)).toEqual([]);
  });
});
