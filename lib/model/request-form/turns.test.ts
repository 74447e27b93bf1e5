import { describe, expect, it } from 'vitest';
import type { Json } from './json.ts';
import { newTurn, readTurns, rolesOf, type TurnStyle, writeTurns } from './turns.ts';

const messages: Json = [
  { role: 'user', content: 'Hello' },
  {
    role: 'user',
    content: [
      { type: 'text', text: 'What is this?' },
      { type: 'image', source: { type: 'url', url: 'https://example.com/a.png' } },
    ],
  },
  { role: 'assistant', content: [{ type: 'tool_use', id: 't1', name: 'look', input: { depth: 2 } }] },
  { role: 'user', content: [{ type: 'tool_result', tool_use_id: 't1', content: 'A cat.' }] },
];
const chat: Json = [
  { role: 'developer', content: 'Be brief.' },
  {
    role: 'user',
    content: [
      { type: 'text', text: 'What is this?' },
      { type: 'image_url', image_url: { url: 'https://example.com/a.png' } },
    ],
  },
  {
    role: 'assistant',
    content: null,
    tool_calls: [{ id: 't1', type: 'function', function: { name: 'look', arguments: '{"depth":2}' } }],
  },
  { role: 'tool', tool_call_id: 't1', content: 'A cat.' },
  { role: 'assistant', content: 'A cat.' },
];
const responses: Json = [
  { role: 'user', content: [{ type: 'input_text', text: 'What is this?' }] },
  { type: 'function_call', call_id: 't1', name: 'look', arguments: '{}' },
  { type: 'function_call_output', call_id: 't1', output: 'A cat.' },
  { role: 'assistant', content: [{ type: 'output_text', text: 'A cat.' }] },
];

describe('a conversation', () => {
  it.each<[TurnStyle, Json]>([
    ['messages', messages],
    ['chat', chat],
    ['responses', responses],
    ['either', messages],
    ['either', chat],
  ])('comes back the same in the style %s', (style, written) => {
    const turns = readTurns(style, written);
    expect(turns?.some((turn) => 'raw' in turn)).toBe(false);
    expect(writeTurns(style, turns ?? [])).toEqual(written);
  });

  it.each<[TurnStyle, Json]>([
    ['messages', { role: 'user', content: 'x', cache: true }],
    ['messages', { role: 'user', content: [{ type: 'image', source: { type: 'base64', data: 'AA' } }] }],
    [
      'messages',
      { role: 'user', content: [{ type: 'text', text: 'x', cache_control: { type: 'ephemeral' } }] },
    ],
    ['messages', { role: 'assistant', content: [{ type: 'tool_use', id: 'a', name: 'b' }] }],
    ['messages', { role: 'system', content: 'x' }],
    ['chat', { role: 'user', content: 'x', name: 'ann' }],
    ['chat', { role: 'user', content: [{ type: 'image_url', image_url: { url: 'u', detail: 'low' } }] }],
    ['chat', { role: 'assistant' }],
    ['responses', { type: 'reasoning', id: 'r' }],
    ['chat', 'half typed'],
    ['chat', null],
    ['chat', 7],
  ])('keeps what no control can show as it is: %s %j', (style, message) => {
    expect(readTurns(style, [message])).toEqual([{ raw: message }]);
    expect(writeTurns(style, [{ raw: message }])).toEqual([message]);
  });

  it('is nothing where the value is no list', () => {
    expect(readTurns('chat', 'text')).toBeNull();
    expect(readTurns('messages', { role: 'user' })).toBeNull();
    expect(readTurns('messages', undefined)).toEqual([]);
  });

  it('keeps the input of a call while it is being typed', () => {
    const half = [{ role: 'assistant', content: [{ type: 'tool_use', id: 'a', name: 'b', input: '{"dep' }] }];
    const turns = readTurns('messages', half) ?? [];
    expect(turns[0]).toMatchObject({ parts: [{ kind: 'call', input: '{"dep' }] });
    expect(writeTurns('messages', turns)).toEqual(half);
  });
});

describe('one turn of the user', () => {
  it('is plain text, in Responses the text itself', () => {
    expect(writeTurns('messages', [newTurn('messages', 'user', 'Hi')])).toEqual([
      { role: 'user', content: 'Hi' },
    ]);
    expect(writeTurns('responses', [newTurn('responses', 'user', 'Hi')])).toBe('Hi');
    expect(readTurns('responses', 'Hi')).toEqual([newTurn('responses', 'user', 'Hi')]);
  });

  it('takes the style that knows its role', () => {
    expect(rolesOf('either')).toEqual(['user', 'assistant', 'system', 'developer', 'tool']);
    expect(newTurn('either', 'tool')).toMatchObject({ style: 'chat' });
    expect(newTurn('either', 'assistant')).toMatchObject({ style: 'messages' });
  });
});
