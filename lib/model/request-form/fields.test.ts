import { describe, expect, it } from 'vitest';
import { keyOf, noFields, readField, sheetFields, writeExtra, writeField } from './fields.ts';
import { type ShapeName, shapeNames } from './form.ts';
import type { Json } from './json.ts';
import { type Shape, shapes } from './shapes.ts';
import { newPart } from './turn-fields.ts';

const paramOf = (shape: Shape, key: string) => {
  const param = shape.params.find((one) => keyOf(one) === key);
  if (!param) throw new Error(`no parameter ${key}`);
  return param;
};

/** Right ones, wrong ones and what nobody would think of: whatever stands in a line comes back. */
const values: Json[] = [
  0,
  1,
  -1.5,
  1e21,
  2 ** 53 + 2,
  true,
  false,
  '',
  'text',
  '12 or',
  '1',
  '"x"',
  '[{',
  ' padded ',
  [],
  ['text'],
  ['a', 1],
  [[1, 2]],
  [
    ['a', '1'],
    ['a', '2'],
  ],
  {},
  { a: '1' },
  { a: 1 },
  { '': 'x' },
  JSON.parse('{"__proto__":"x","target":{"value":"y"}}'),
  { type: 'enabled', budget_tokens: 1024 },
  { type: 'enabled' },
  { type: 'enabled', budget_tokens: 'a few' },
  { type: 'adaptive' },
  { type: 'auto' },
  { type: 'tool', name: 'look', disable_parallel_tool_use: true },
  { type: 'function', function: { name: 'look' } },
  { type: 'json_schema', name: 'x', schema: '{"half' },
  { type: 'json_schema', json_schema: { name: 'x', strict: true, schema: { type: 'object' } } },
  [{ role: 'user', content: '' }],
  [{ role: 'user', content: 'Hi' }, 'half'],
  [{ role: 'user', content: [{ type: 'text', text: '' }] }],
  [{ type: 'function', function: { name: 'look' } }],
];

describe.each([...shapeNames])('what stands in a line of %s', (name: ShapeName) => {
  const shape = shapes[name];

  it.each(shape.params.map((param) => [keyOf(param), param] as const))(
    'comes back through the controls of %s',
    (_, param) => {
      for (const value of values) {
        const fields = readField(shape, param, value);
        expect(writeField(shape, param, structuredClone(fields))).toEqual(value);
      }
    },
  );

  it('says nothing where nothing was said', () => {
    const { params, extra } = sheetFields(shape, 'a', {}, null);
    for (const param of shape.params.filter(({ perRequest }) => !perRequest)) {
      expect(writeField(shape, param, params[keyOf(param)] ?? noFields)).toBeUndefined();
    }
    expect(writeExtra(extra)).toEqual({});
  });
});

describe('what is typed', () => {
  const typed = (key: string, fields: Partial<typeof noFields>, shape: Shape = shapes.inline) =>
    writeField(shape, paramOf(shape, key), { ...noFields, ...fields });

  it('becomes a number only when it is one that nobody would change', () => {
    expect(
      ['7', ' 0.5 ', '1.', '1e3', '0x10', 'Infinity', '9007199254740993', ''].map((text) =>
        typed('top_p', { text }),
      ),
    ).toEqual([7, 0.5, '1.', 1000, '0x10', 'Infinity', '9007199254740993', undefined]);
  });

  it('becomes null only by choice, and words of a model without the spaces around them', () => {
    expect(typed('model', { text: ' m ' })).toBe('m');
    expect(typed('model', { text: '  ' })).toBeUndefined();
    expect(typed('tool_choice', { text: '' })).toBeUndefined();
  });

  it('becomes pairs, sequences and thinking as the page writes them', () => {
    const rows = [{ name: ' team ', text: 'ocean' }];
    expect(typed('metadata', { rows })).toEqual({ team: 'ocean' });
    expect(JSON.stringify(typed('metadata', { rows: [{ name: '__proto__', text: 'x' }] }))).toBe(
      '{"__proto__":"x"}',
    );
    expect(typed('stop_sequences', { rows: [{ name: '', text: 'END' }] })).toEqual(['END']);
    expect(JSON.stringify(typed('thinking', { text: 'enabled', more: { budget: '1024' } }))).toBe(
      '{"budget_tokens":1024,"type":"enabled"}',
    );
    expect(typed('tools', { text: '[]' })).toEqual([]);
  });

  it('becomes a tool choice as the dialect writes it', () => {
    const choice = (text: string, shape: Shape) => typed('tool_choice', { text, more: { tool: 't' } }, shape);
    expect([choice('required', shapes.inline), choice('required', shapes.chat)]).toEqual([
      { type: 'any' },
      'required',
    ]);
    expect([choice('tool', shapes.anthropic), choice('tool', shapes.responses)]).toEqual([
      { type: 'tool', name: 't' },
      { type: 'function', name: 't' },
    ]);
  });

  it('becomes turns with images, calls and results', () => {
    const turn = { raw: null, role: 'user', style: 'messages' as const, plain: false };
    const parts = [
      { ...newPart('text'), text: 'What is this?' },
      { ...newPart('image'), url: 'https://example.com/a.png' },
    ];
    expect(typed('messages', { turns: [{ ...turn, parts }] })).toEqual([
      {
        role: 'user',
        content: [
          { type: 'text', text: 'What is this?' },
          { type: 'image', source: { type: 'url', url: 'https://example.com/a.png' } },
        ],
      },
    ]);
  });

  it('as extra parameters is an object or not yet anything', () => {
    expect(writeExtra('{"service_tier":"flex"}')).toEqual({ service_tier: 'flex' });
    expect([writeExtra('{"a'), writeExtra('[1]'), writeExtra('7')]).toEqual([null, null, null]);
    expect(sheetFields(shapes.inline, 'a', { model: 'm', odd: [1] }, null).extra).toBe(
      '{\n  "odd": [\n    1\n  ]\n}',
    );
    expect(sheetFields(shapes.inline, 'a', { odd: 1 }, '{"half').extra).toBe('{"half');
  });
});
