import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkForm } from './check.ts';
import { composeLine, composeLines, lineOf } from './compose.ts';
import { addRequest, setCustomId, writeParam } from './edit.ts';
import { type BatchForm, emptySheet, newRequest, type ShapeName } from './form.ts';
import type { Json, Members } from './json.ts';
import { readDefaults, readLine } from './read.ts';
import { shapes } from './shapes.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const hello: Json = [{ role: 'user', content: 'Hello' }];
const formOf = (shape: ShapeName, defaults: Members, own: Members): BatchForm => ({
  shape,
  defaults: { ...emptySheet, own: defaults },
  requests: [newRequest('row-1', own)],
});
const lineIn = (form: BatchForm): Members => {
  const [request] = form.requests;
  if (!request) throw new Error('a request is missing');
  return lineOf(form, request);
};

describe('the quickstart of the provider’s page', () => {
  const page = readFileSync(path.join(root, 'e2e/python/quickstart.py'), 'utf8');
  const written = /data = (\{.*?\n {4}\})\n/s.exec(page)?.[1]?.replaceAll('None', 'null') ?? '';
  const { requests } = JSON.parse(written) as { requests: { custom_id: string; params: Members }[] };
  const questions = ['How to learn nestjs?', 'How to learn Reactjs?', 'How to learn Nextjs?'];
  const shared: Members = {
    model: 'openai/gpt-4o-mini-batch',
    max_tokens: 1024,
    metadata: { ANY_ADDITIONAL_PROPERTY: 'text' },
    stop_sequences: ['text'],
    system: 'text',
    temperature: 1,
    tool_choice: null,
    tools: [],
    top_k: 1,
    top_p: 1,
    thinking: { budget_tokens: 1024, type: 'enabled' },
  };

  it('is built with defaults and three messages, and equals the page field by field', () => {
    const form = built();
    expect(form.requests.map((request) => lineOf(form, request))).toEqual(requests);
    expect(requests.map(({ params }) => params.messages)).toEqual(
      questions.map((content) => [{ role: 'user', content }]),
    );
  });

  it('ships as a sample of the very same bytes', () => {
    expect(composeLines(built())).toBe(
      readFileSync(path.join(root, 'public/samples/quickstart.jsonl'), 'utf8'),
    );
  });

  it('has no error on inline connections, and notes where another vendor has rules', () => {
    const { errors, defaults, byRequest } = checkForm(built(), { customIdPattern: null });
    expect([errors, [...byRequest]]).toEqual([0, []]);
    expect(defaults.map(({ severity, param }) => `${severity} ${param}`)).toEqual([
      'warning thinking',
      'warning thinking',
      'warning tools',
    ]);
  });

  it('has those as errors on Anthropic itself', () => {
    const { defaults } = checkForm({ ...built(), shape: 'anthropic' }, { customIdPattern: null });
    expect(defaults.filter(({ severity }) => severity === 'error').map(({ param }) => param)).toEqual([
      'thinking',
      'thinking',
      'tools',
      'metadata',
    ]);
  });

  function built(): BatchForm {
    let form: BatchForm = { shape: 'inline', defaults: emptySheet, requests: [newRequest('row-1')] };
    for (const [name, value] of Object.entries(shared)) form = writeParam(form, 'defaults', { name }, value);
    for (let n = 1; n < 3; n++) form = addRequest(form, null).form;
    form.requests.forEach(({ id }, n) => {
      form = setCustomId(form, id, `my-request-0${n + 1}`);
      form = writeParam(form, [id], { name: 'messages' }, [{ role: 'user', content: questions[n] ?? '' }]);
    });
    return form;
  }
});

describe('a line', () => {
  it('says what the request says over what the batch says, and leaves out what it leaves out', () => {
    const form = formOf('inline', { model: 'a', temperature: 1, top_k: 3 }, { messages: hello, model: 'b' });
    const request = { ...form.requests[0], omit: ['top_k'] } as BatchForm['requests'][number];
    expect(lineOf(form, request)).toEqual({
      custom_id: 'row-1',
      params: { model: 'b', messages: hello, temperature: 1 },
    });
  });

  it('carries method, url and body on OpenAI’s endpoints, the system prompt as first message', () => {
    expect(lineIn(formOf('chat', { model: 'm', system: 'Be brief.' }, { messages: hello }))).toEqual({
      custom_id: 'row-1',
      method: 'POST',
      url: '/v1/chat/completions',
      body: {
        model: 'm',
        messages: [
          { role: 'system', content: 'Be brief.' },
          { role: 'user', content: 'Hello' },
        ],
      },
    });
    expect(lineIn(formOf('embeddings', { model: 'm' }, { input: 'Hi' }))).toMatchObject({
      url: '/v1/embeddings',
      body: { model: 'm', input: 'Hi' },
    });
    expect(
      lineIn(formOf('responses', { model: 'm', instructions: 'Be brief.' }, { input: 'Hi' })),
    ).toMatchObject({
      url: '/v1/responses',
      body: { model: 'm', instructions: 'Be brief.', input: 'Hi' },
    });
    expect(lineIn(formOf('completions', { model: 'm' }, { prompt: 'Once' }))).toMatchObject({
      url: '/v1/completions',
      body: { model: 'm', prompt: 'Once' },
    });
  });

  it('stays one line whatever was typed, and keeps a pair named __proto__ as data', () => {
    const form = formOf(
      'inline',
      JSON.parse('{"model":"m","metadata":{"__proto__":"x"},"__proto__":{"a":1}}'),
      { messages: [{ role: 'user', content: 'a\r\nb\u2028c' }] },
    );
    const text = composeLines(form);
    expect(text.split('\n')).toHaveLength(2);
    expect(text).toContain('"metadata":{"__proto__":"x"}');
    expect(text).toContain('"__proto__":{"a":1}');
  });
});

describe('a line edited as JSON', () => {
  const bodies: [ShapeName, Members, Members][] = [
    ['inline', { model: 'a', top_k: 1 }, { model: 'a', messages: hello, top_k: null, odd: { x: [1, null] } }],
    ['inline', {}, {}],
    ['anthropic', { model: 'a', max_tokens: 5 }, { model: 'b', messages: hello, max_tokens: 5 }],
    ['chat', { model: 'a', system: 's' }, { model: 'a', messages: [{ role: 'system', content: 's' }] }],
    ['chat', { system: 's' }, { messages: hello }],
    ['chat', {}, { messages: [{ role: 'system', content: 's', name: 'n' }] }],
    ['chat', {}, { messages: 'half typed', system: 'x' }],
    [
      'chat',
      {},
      {
        messages: [
          { role: 'system', content: 's' },
          { role: 'system', content: 't' },
        ],
      },
    ],
    ['completions', { model: 'a' }, { model: 'a', prompt: ['x', 'y'] }],
    ['embeddings', { model: 'a' }, { model: 'a', input: [[1, 2, 3]], dimensions: 'many' }],
    ['responses', { text: { verbosity: 'low' } }, { input: [{ type: 'reasoning' }], text: { format: 7 } }],
  ];

  it.each(bodies)('in %s comes back as the same line: %j %j', (shape, defaults, body) => {
    const url = shapes[shape].url;
    const line: Members =
      url === null ? { custom_id: 'a', params: body } : { custom_id: 'a', method: 'POST', url, body };
    const form = { shape, defaults: { ...emptySheet, own: defaults } };
    const read = readLine(form, line);
    if ('problem' in read) throw new Error(read.problem);
    const request = { ...newRequest(read.customId), ...read.sheet };
    expect(lineOf({ ...form, requests: [request] }, request)).toEqual(line);
  });

  it('owns only what differs from the defaults', () => {
    const form = formOf('inline', { model: 'a', metadata: { b: '1', c: '2' }, top_k: 1 }, {});
    const params = { model: 'a', metadata: { c: '2', b: '1' }, messages: hello, temperature: 0 };
    expect(readLine(form, { custom_id: 'x', params })).toEqual({
      customId: 'x',
      sheet: { own: { messages: hello, temperature: 0 }, omit: ['top_k'], extraText: null },
    });
  });

  it.each<[ShapeName, Json, RegExp]>([
    ['inline', [], /one JSON object/],
    ['inline', { custom_id: 1, params: {} }, /must be text/],
    ['inline', { custom_id: 'a', body: {} }, /`body` has no place/],
    ['inline', { custom_id: 'a', params: [] }, /`params` must be an object/],
    ['chat', { custom_id: 'a', params: {} }, /`params` has no place/],
    ['chat', { custom_id: 'a', method: 'GET', url: '/v1/chat/completions', body: {} }, /method/],
    ['chat', { custom_id: 'a', method: 'POST', url: '/v1/embeddings', body: {} }, /another endpoint/],
  ])('in %s has no place for %j', (shape, line, problem) => {
    const read = readLine({ shape, defaults: emptySheet }, line);
    expect('problem' in read && read.problem).toMatch(problem);
  });

  it('keeps messages out of the defaults', () => {
    expect(readDefaults(shapes.inline, { model: 'm', messages: hello })).toEqual({
      problem: '`messages` belongs to each request, not to the defaults.',
    });
    expect(readDefaults(shapes.inline, { model: 'm', odd: 1 })).toMatchObject({
      sheet: { own: { model: 'm', odd: 1 } },
    });
  });

  it('is written as the form writes it', () => {
    const form = formOf('inline', {}, { messages: hello, model: 'm' });
    expect(composeLine(form, form.requests[0] ?? newRequest(''))).toBe(
      '{"custom_id":"row-1","params":{"model":"m","messages":[{"role":"user","content":"Hello"}]}}',
    );
  });
});
