import { describe, expect, test } from 'vitest';
import type { ConvertRepair } from '#lib/model/repair';
import { seeded } from './oracle-kit.ts';
import type { Random } from './oracle-line-kit.ts';
import { judged, repaired } from './repair-kit.ts';

const toOpenai: ConvertRepair = { kind: 'convert', to: 'openai', url: null };
const toMessages: ConvertRepair = { kind: 'convert', to: 'params', style: 'messages' };

function converted(line: object | string, repair: ConvertRepair) {
  const { text, report } = repaired(typeof line === 'string' ? line : JSON.stringify(line), [repair]);
  return { text, notes: report.notes.map(({ text }) => text) };
}

const asParams = (params: object) => ({ custom_id: 'a', params: { model: 'm', ...params } });
const asChat = (body: object) => ({
  custom_id: 'a',
  method: 'POST',
  url: '/v1/chat/completions',
  body: { model: 'm', ...body },
});
const tool = { name: 'look', description: 'Looks', input_schema: { type: 'object', properties: {} } };
const called = {
  type: 'function',
  function: { name: 'look', description: 'Looks', parameters: tool.input_schema },
};

/** What both dialects can say, each in its own words. */
const pairs: [string, object, object][] = [
  [
    'words',
    { max_tokens: 5, messages: [{ role: 'user', content: 'Hi' }] },
    { max_tokens: 5, messages: [{ role: 'user', content: 'Hi' }] },
  ],
  [
    'a system prompt',
    { system: 'Be brief', messages: [{ role: 'user', content: 'Hi' }], max_tokens: 5 },
    {
      messages: [
        { role: 'system', content: 'Be brief' },
        { role: 'user', content: 'Hi' },
      ],
      max_tokens: 5,
    },
  ],
  [
    'stop sequences, temperature and metadata',
    { messages: [], max_tokens: 5, stop_sequences: ['x'], temperature: 0.5, top_p: 1, metadata: { a: 'b' } },
    { messages: [], max_tokens: 5, stop: ['x'], temperature: 0.5, top_p: 1, metadata: { a: 'b' } },
  ],
  [
    'images',
    {
      max_tokens: 5,
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'What?' },
            { type: 'image', source: { type: 'url', url: 'https://pictures.example/a.png' } },
            { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'AAAA' } },
          ],
        },
      ],
    },
    {
      max_tokens: 5,
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'What?' },
            { type: 'image_url', image_url: { url: 'https://pictures.example/a.png' } },
            { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
          ],
        },
      ],
    },
  ],
  [
    'tools, their calls and their results',
    {
      max_tokens: 5,
      tools: [tool],
      tool_choice: { type: 'any' },
      messages: [
        { role: 'user', content: 'Look' },
        {
          role: 'assistant',
          content: [
            { type: 'text', text: 'I look' },
            { type: 'tool_use', id: 't1', name: 'look', input: { at: 1 } },
            { type: 'tool_use', id: 't2', name: 'look', input: {} },
          ],
        },
        {
          role: 'user',
          content: [
            { type: 'tool_result', tool_use_id: 't1', content: 'seen' },
            { type: 'tool_result', tool_use_id: 't2', content: 'not seen' },
          ],
        },
      ],
    },
    {
      max_tokens: 5,
      tools: [called],
      tool_choice: 'required',
      messages: [
        { role: 'user', content: 'Look' },
        {
          role: 'assistant',
          content: 'I look',
          tool_calls: [
            { id: 't1', type: 'function', function: { name: 'look', arguments: '{"at":1}' } },
            { id: 't2', type: 'function', function: { name: 'look', arguments: '{}' } },
          ],
        },
        { role: 'tool', tool_call_id: 't1', content: 'seen' },
        { role: 'tool', tool_call_id: 't2', content: 'not seen' },
      ],
    },
  ],
  [
    'one tool alone',
    {
      max_tokens: 5,
      messages: [],
      tool_choice: { type: 'tool', name: 'look', disable_parallel_tool_use: true },
    },
    {
      max_tokens: 5,
      messages: [],
      tool_choice: { type: 'function', function: { name: 'look' } },
      parallel_tool_calls: false,
    },
  ],
];

describe.each(pairs)('%s', (_, params, chat) => {
  test('become a chat completion', () => {
    const { text, notes } = converted(asParams(params), toOpenai);
    expect(JSON.parse(text)).toEqual(asChat(chat));
    expect(notes).toEqual([]);
  });

  test('become a message', () => {
    const { text, notes } = converted(asChat(chat), toMessages);
    expect(JSON.parse(text)).toEqual(asParams(params));
    expect(notes).toEqual([]);
  });
});

test.each<[object, string[]]>([
  [{ top_k: 1 }, ['left out: `top_k`']],
  [{ thinking: { type: 'enabled', budget_tokens: 1024 } }, ['left out: `thinking`']],
  [{ top_k: null, thinking: null, tool_choice: null, tools: [], stop_sequences: [] }, []],
  [
    { tools: [{ type: 'web_search_20250305', name: 'web_search' }] },
    ['left out: tools of type `web_search_20250305`'],
  ],
  [
    { messages: [{ role: 'user', content: [{ type: 'document', source: {} }] }] },
    ['left out: content of type `document`'],
  ],
  [{ system: [{ type: 'text', text: 'x', cache_control: {} }], messages: [] }, ['left out: `cache_control`']],
])('for a chat completion %j names what it loses', (params, expected) => {
  expect(converted(asParams(params), toOpenai).notes).toEqual(expected);
});

test.each<[object, string[]]>([
  [{ n: 2, seed: 1 }, ['left out: `n`', 'left out: `seed`']],
  [{ response_format: { type: 'json_object' }, logprobs: null }, ['left out: `response_format`']],
  [
    {
      messages: [
        { role: 'user', content: 'a' },
        { role: 'system', content: 'b' },
      ],
      max_tokens: 1,
    },
    ['a system message that stands further down moves to the front'],
  ],
  [
    { messages: [{ role: 'function', name: 'f', content: 'x' }], max_tokens: 1 },
    ['left out: `name` of a message', 'left out: messages of role `function`'],
  ],
  [{ max_tokens: null }, ['`max_tokens` is not set, which Anthropic demands']],
  [
    { tools: [{ type: 'function', function: { name: 'f', strict: true } }] },
    ['left out: `strict` of a tool'],
  ],
])('for a message %j names what it loses', (body, expected) => {
  const chat = asChat({ messages: [], max_tokens: 1, ...body });
  expect(converted(chat, toMessages).notes).toEqual(expected);
});

test('what passes unchanged keeps its characters, numbers included', () => {
  const line =
    '{"custom_id":"\\u0061","extra.x":1.0,"params":{"model":"m","seed":9007199254740993,"temperature":1.0,"messages":[{"role":"user","content":"\\u00e9"}]}}';
  expect(converted(line, toOpenai).text).toBe(
    '{"custom_id":"\\u0061","method":"POST","url":"/v1/chat/completions","body":{"model":"m","seed":9007199254740993,"temperature":1.0,"messages":[{"role":"user","content":"\\u00e9"}]},"extra.x":1.0}',
  );
  const call = { id: 't', type: 'function', function: { name: 'f', arguments: '{"n":9007199254740993}' } };
  const chat = asChat({
    messages: [{ role: 'assistant', content: null, tool_calls: [call] }],
    max_tokens: 1,
  });
  expect(converted(chat, toMessages).text).toContain('"input":{"n":9007199254740993}');
});

test('members named like parts of the language are data', () => {
  const line =
    '{"custom_id":"a","params":{"model":"m","__proto__":{"x":1},"messages":[{"role":"user","content":[{"type":"text","text":"a","__proto__":1}]}],"system":"s"}}';
  const { text } = converted(line, toOpenai);
  expect(text).toContain('"__proto__":{"x":1}');
  expect(({} as { x?: number }).x).toBeUndefined();
});

test('other endpoints keep their lines, or move as they are where that is wished', () => {
  const embeddings =
    '{"custom_id":"a","method":"POST","url":"/v1/embeddings","body":{"model":"m","input":"x"}}';
  expect(converted(embeddings, toMessages)).toEqual({
    text: embeddings,
    notes: ['lines that are no chat completions stay as they are'],
  });
  const chat: ConvertRepair = { kind: 'convert', to: 'params', style: 'chat' };
  expect(converted(embeddings, chat).text).toBe('{"custom_id":"a","params":{"model":"m","input":"x"}}');
  const url = (params: object) => JSON.parse(converted(asParams(params), toOpenai).text).url;
  expect(url({ prompt: 'x' })).toBe('/v1/completions');
  expect(url({ input: 'x' })).toBe('/v1/responses');
  expect(url({ model: 'text-embedding-3', input: 'x' })).toBe('/v1/embeddings');
});

test('two hundred made-up conversations come back as they were', () => {
  for (let seed = 1; seed <= 200; seed++) {
    const line = asParams(makeParams(seeded(seed)));
    const there = converted(line, toOpenai);
    const back = converted(there.text, toMessages);
    expect(JSON.parse(back.text), `seed ${seed}`).toEqual(line);
    expect([there.notes, back.notes], `seed ${seed}`).toEqual([[], []]);
    const { errors, dialect } = judged(new TextEncoder().encode(there.text));
    expect([errors, dialect]).toEqual([0, 'openai']);
  }
});

function makeParams(random: Random): object {
  const perhaps = (members: object) => (random(2) === 0 ? members : {});
  const messages: object[] = [];
  for (let turn = 0; turn <= random(3); turn++) {
    const image = {
      type: 'image',
      source: { type: 'url', url: `https://pictures.example/${random(9)}.png` },
    };
    const text = { type: 'text', text: `q${random(99)} “日” 😀` };
    messages.push({
      role: 'user',
      content: random(2) === 0 ? 'plain' : random(2) === 0 ? [text, image] : [text],
    });
    if (random(2) === 0) {
      messages.push({ role: 'assistant', content: `a${random(99)}` });
      continue;
    }
    const ids = Array.from({ length: 1 + random(3) }, (_, n) => `t${turn}-${n}`);
    const uses = ids.map((id) => ({ type: 'tool_use', id, name: 'look', input: { at: random(9) } }));
    messages.push({ role: 'assistant', content: [...(random(2) === 0 ? [text] : []), ...uses] });
    const results = ids.map((id) => ({ type: 'tool_result', tool_use_id: id, content: `seen ${random(9)}` }));
    messages.push({ role: 'user', content: results });
  }
  return {
    ...perhaps({ system: 'Be brief' }),
    max_tokens: 1 + random(99),
    messages,
    ...perhaps({ stop_sequences: ['x', 'y'] }),
    ...perhaps({ temperature: random(10) / 10 }),
    ...perhaps({ tools: [tool], tool_choice: { type: ['auto', 'any', 'none'][random(3)] } }),
    ...perhaps({ metadata: { a: 'b' } }),
  };
}
