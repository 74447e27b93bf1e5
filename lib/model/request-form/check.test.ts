import { describe, expect, it } from 'vitest';
import { checkForm } from './check.ts';
import { type BatchForm, emptySheet, newRequest, type ShapeName } from './form.ts';
import type { Json, Members } from './json.ts';

const hello: Json = [{ role: 'user', content: 'Hello' }];
const formOf = (shape: ShapeName, own: Members, defaults: Members = {}): BatchForm => ({
  shape,
  defaults: { ...emptySheet, own: defaults },
  requests: [newRequest('row-1', own)],
});
const found = (form: BatchForm, customIdPattern: string | null = null) => {
  const { defaults, byRequest } = checkForm(form, { customIdPattern });
  return [...defaults, ...[...byRequest.values()].flat()].map(
    ({ severity, param, path, message }) => `${severity} ${[param, ...path].join('.')}: ${message}`,
  );
};
const inline = (own: Members) => found(formOf('inline', { model: 'm', messages: hello, ...own }));
const chat = (own: Members) => found(formOf('chat', { model: 'm', messages: hello, ...own }));
const anthropic = (own: Members) =>
  found(formOf('anthropic', { model: 'm', messages: hello, max_tokens: 2048, ...own }));

describe('a request', () => {
  it('is fine with a model and something to answer', () => {
    expect(inline({})).toEqual([]);
    expect(chat({})).toEqual([]);
    expect(anthropic({})).toEqual([]);
    expect(found(formOf('completions', { model: 'm', prompt: 'Once' }))).toEqual([]);
    expect(found(formOf('embeddings', { model: 'm', input: ['a', 'b'] }))).toEqual([]);
    expect(found(formOf('responses', { model: 'm', input: 'Hi' }))).toEqual([]);
  });

  it.each<[ShapeName, string[]]>([
    ['inline', ['model', 'messages']],
    ['anthropic', ['model', 'max_tokens', 'messages']],
    ['chat', ['model', 'messages']],
    ['completions', ['model', 'prompt']],
    ['embeddings', ['model', 'input']],
    ['responses', ['model', 'input']],
  ])('in %s says what is missing', (shape, names) => {
    const errors = found(formOf(shape, {})).map((text) => text.split(':')[0]);
    expect(errors).toEqual(names.map((name) => `error ${name}`));
  });

  it('needs an id of its own', () => {
    const twice = formOf('inline', { model: 'm', messages: hello });
    twice.requests.push({ ...newRequest('row-1', { model: 'm', messages: hello }) });
    expect(found(twice)).toEqual(['error custom_id: Request 1 already has this custom_id.']);
    const idIs = (customId: string, pattern: string | null = null) =>
      found({ ...twice, requests: [newRequest(customId, { model: 'm', messages: hello })] }, pattern);
    expect(idIs('')).toEqual(['error custom_id: Every request needs a custom_id.']);
    expect(idIs('ä'.repeat(129))).toEqual(['error custom_id: At most 256 bytes.']);
    expect(idIs('\ud800')).toEqual(['error custom_id: It holds a character that cannot be stored.']);
    expect(idIs('a b', '^[a-z]+$')).toEqual(['error custom_id: It must match ^[a-z]+$ here.']);
    expect(idIs('ab', '^[a-z]+$')).toEqual([]);
  });
});

describe('what all requests share', () => {
  it('is told once, and not of a request that says otherwise', () => {
    const form = formOf('inline', { messages: hello }, { model: 'm', temperature: 5 });
    form.requests.push(newRequest('row-2', { messages: hello, temperature: 7 }));
    form.requests.push(newRequest('row-3', { messages: hello, temperature: 1 }));
    const { defaults, byRequest, errors } = checkForm(form, { customIdPattern: null });
    expect([defaults.length, byRequest.size, errors]).toEqual([1, 1, 2]);
  });

  it('meets a request’s own in the rules', () => {
    const form = formOf(
      'anthropic',
      { messages: hello, max_tokens: 1500 },
      {
        model: 'm',
        max_tokens: 4096,
        thinking: { type: 'enabled', budget_tokens: 2000 },
      },
    );
    expect(found(form)).toEqual([
      'error thinking: Anthropic wants a budget below max_tokens: 2000 is not below 1500.',
    ]);
  });
});

describe('a number', () => {
  it.each<[Members, string]>([
    [{ max_tokens: 0 }, 'max_tokens'],
    [{ max_tokens: 1.5 }, 'max_tokens'],
    [{ max_tokens: '12 or so' }, 'max_tokens'],
    [{ temperature: 2.1 }, 'temperature'],
    [{ temperature: -0.1 }, 'temperature'],
    [{ top_p: 1.01 }, 'top_p'],
    [{ top_k: 0.5 }, 'top_k'],
  ])('outside its limits is an error: %j', (own, param) => {
    expect(inline(own).map((text) => text.split(':')[0])).toEqual([`error ${param}`]);
  });

  it('has Anthropic’s limits on Anthropic', () => {
    expect(anthropic({ temperature: 1.5 })).toEqual(['error temperature: A number from 0 to 1, or empty.']);
    expect(inline({ temperature: 1.5 })).toEqual([]);
  });
});

describe('null', () => {
  it('is fine where the page shows it and worth a note elsewhere', () => {
    expect(inline({ tool_choice: null })).toEqual([]);
    expect(inline({ temperature: null })).toEqual([
      'warning temperature: Sent as null, which the provider’s page does not show here.',
    ]);
    expect(chat({ temperature: null, seed: null })).toEqual([]);
    expect(inline({ messages: null })).toEqual(['error messages: Write what the model should answer.']);
  });
});

describe('a conversation', () => {
  it.each<[Json, string]>([
    [[], 'error messages: Write what the model should answer.'],
    ['text', 'error messages: A list of messages.'],
    [[{ role: 'user', content: ' ' }], 'error messages.0: Write what the model should answer.'],
    [[{ role: 'user', content: 'a' }, 'b'], 'error messages.1: Message 2: not a message yet.'],
    [
      [{ role: 'user', content: [{ type: 'image', source: { type: 'url', url: 'cat.png' } }] }],
      'error messages.0: Give the image’s address, beginning with https://.',
    ],
    [
      [{ role: 'assistant', content: [{ type: 'tool_use', id: 'a', name: 'b', input: '{"c' }] }],
      'error messages.0: What a tool is called with is a JSON object.',
    ],
  ])('with nothing to answer is an error: %j', (messages, message) => {
    expect(inline({ messages })).toEqual([message]);
  });
});

describe('tools', () => {
  const schema = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] };

  it('are checked as the dialect writes them', () => {
    const flat = { name: 'look', input_schema: schema };
    const nested = { type: 'function', function: { name: 'look', parameters: schema } };
    expect([anthropic({ tools: [flat] }), chat({ tools: [nested] })]).toEqual([[], []]);
    expect(inline({ tools: [flat, nested, { type: 'web_search' }] })).toEqual([]);
    expect(anthropic({ tools: [nested] })).toEqual([
      'error tools.0: Tool 1: Write `name`, `description` and `input_schema` here.',
    ]);
    expect(chat({ tools: [{ type: 'function', function: { name: 'no spaces', parameters: 3 } }] })).toEqual([
      'error tools.0: Tool 1: `function.name` must be a name of up to 64 letters, digits, `_` and `-`.',
      'error tools.0: Tool 1: `function.parameters` a schema is an object.',
    ]);
  });

  it('empty are an error on Anthropic, a note where a gateway may be milder', () => {
    expect(anthropic({ tools: [] })[0]).toMatch(/^error tools/);
    expect(inline({ tools: [] })[0]).toMatch(/^warning tools/);
    expect(chat({ tools: '[{' })).toEqual(['error tools: Not valid JSON yet.']);
  });
});

describe('the rest', () => {
  it('names what belongs to another endpoint and lets the unknown pass', () => {
    expect(chat({ top_k: 3 })).toEqual([
      'warning top_k: `top_k` is no parameter of Chat completions here. It is sent all the same.',
    ]);
    expect(chat({ my_own_idea: 1 })).toEqual([]);
    expect(inline({ stream: true })).toEqual(['error stream: A batch cannot stream. Remove `stream`.']);
  });

  it('checks pairs, sequences and structured output', () => {
    const pairs = Object.fromEntries(Array.from({ length: 17 }, (_, n) => [`k${n}`, '']));
    expect(inline({ metadata: pairs })).toEqual(['error metadata: At most 16 pairs.']);
    expect(inline({ metadata: { '': 'x' } })).toEqual(['error metadata.: Name this pair or remove it.']);
    expect(
      inline({
        metadata: [
          ['a', '1'],
          ['a', '2'],
        ],
      }),
    ).toEqual(['error metadata: Two pairs have the same name.']);
    expect(chat({ stop: ['a', 'b', 'c', 'd', 'e'] })).toEqual(['error stop: At most 4.']);
    expect(inline({ stop_sequences: ['a', ''] })).toEqual([
      'error stop_sequences.1: Write a sequence or remove it.',
    ]);
    const json = { name: 'x', strict: true, schema: { type: 'object', properties: { a: {} } } };
    expect(chat({ response_format: { type: 'json_schema', json_schema: json } })).toEqual([
      'error response_format: `json_schema.schema` strict needs `additionalProperties: false`.',
      'error response_format: `json_schema.schema.required` strict needs every property here: a.',
    ]);
    expect(
      found(formOf('responses', { model: 'm', input: 'x', text: { format: { type: 'jsonn' } } })),
    ).toEqual(['error text.format: `type` must be text, json_object or json_schema.']);
  });

  it('says so while the extra parameters are no JSON', () => {
    const form = formOf('inline', { model: 'm', messages: hello });
    form.requests = form.requests.map((request) => ({ ...request, extraText: '{"a' }));
    expect(found(form)).toEqual(['error extra: The extra parameters are not valid JSON.']);
  });
});
