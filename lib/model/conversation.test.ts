import { describe, expect, it } from 'vitest';
import { answerOf, answerText, requestTurns } from './conversation.ts';

const text = (value: string) => ({ type: 'text', text: value });

describe('the turns of a request', () => {
  it('puts the system prompt before the messages, string or blocks', () => {
    const messages = [{ role: 'user', content: 'How to learn nestjs?' }];
    expect(requestTurns({ custom_id: 'a', params: { system: 'Be brief.', messages } })).toEqual([
      { role: 'system', blocks: [text('Be brief.')] },
      { role: 'user', blocks: [text('How to learn nestjs?')] },
    ]);
    expect(requestTurns({ params: { system: [{ type: 'text', text: 'Be brief.' }], messages } })[0]).toEqual({
      role: 'system',
      blocks: [text('Be brief.')],
    });
  });

  it('reads chat messages with tool calls, their results and images', () => {
    const turns = requestTurns({
      body: {
        messages: [
          { role: 'system', content: 'S' },
          {
            role: 'user',
            content: [{ type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } }],
          },
          {
            role: 'assistant',
            content: null,
            tool_calls: [{ id: 'c1', function: { name: 'f', arguments: '{"a":1}' } }],
          },
          { role: 'tool', tool_call_id: 'c1', content: 'sunny' },
        ],
      },
    });
    expect(turns.map((turn) => turn.role)).toEqual(['system', 'user', 'assistant', 'tool']);
    expect(turns[1]?.blocks).toEqual([{ type: 'image', mediaType: 'image/png', url: null, bytes: 3 }]);
    expect(turns[2]?.blocks).toEqual([{ type: 'tool_call', id: 'c1', name: 'f', input: '{"a":1}' }]);
    expect(turns[3]?.blocks).toEqual([{ type: 'tool_result', id: 'c1', text: 'sunny', failed: false }]);
  });

  it('reads Anthropic content blocks', () => {
    const content = [
      { type: 'thinking', thinking: 'hm' },
      { type: 'tool_use', id: 't1', name: 'look', input: { q: 1 } },
      { type: 'tool_result', tool_use_id: 't1', content: [{ type: 'text', text: 'no' }], is_error: true },
      { type: 'image', source: { type: 'base64', media_type: 'image/jpeg', data: 'AAAAAAA=' } },
    ];
    expect(requestTurns({ params: { messages: [{ role: 'user', content }] } })[0]?.blocks).toEqual([
      { type: 'thinking', text: 'hm' },
      { type: 'tool_call', id: 't1', name: 'look', input: '{\n  "q": 1\n}' },
      { type: 'tool_result', id: 't1', text: 'no', failed: true },
      { type: 'image', mediaType: 'image/jpeg', url: null, bytes: 5 },
    ]);
  });

  it('reads prompts, embedding inputs and Responses items', () => {
    expect(requestTurns({ body: { prompt: ['a', 'b'] } })).toHaveLength(2);
    expect(requestTurns({ body: { input: 'word' } })[0]?.blocks).toEqual([text('word')]);
    const items = [{ role: 'user', content: [{ type: 'input_text', text: 'hi' }] }];
    expect(requestTurns({ body: { instructions: 'S', input: items } })).toEqual([
      { role: 'system', blocks: [text('S')] },
      { role: 'user', blocks: [text('hi')] },
    ]);
  });

  it('gives the calls and results among Responses items to those who made them', () => {
    const input = [
      { role: 'user', content: 'weather?' },
      { type: 'function_call', call_id: 'c1', name: 'f', arguments: '{}' },
      { type: 'function_call_output', call_id: 'c1', output: 'sunny' },
      { type: 'message', content: 'so?' },
    ];
    expect(requestTurns({ body: { input } })).toEqual([
      { role: 'user', blocks: [text('weather?')] },
      { role: 'assistant', blocks: [{ type: 'tool_call', id: 'c1', name: 'f', input: '{}' }] },
      { role: 'tool', blocks: [{ type: 'tool_result', id: 'c1', text: 'sunny', failed: false }] },
      { role: 'user', blocks: [text('so?')] },
    ]);
  });

  it('shows what it does not know as JSON', () => {
    expect(requestTurns({ params: { contents: 1 } })[0]?.blocks).toEqual([
      { type: 'json', value: { contents: 1 } },
    ]);
    expect(requestTurns(7)[0]?.blocks).toEqual([{ type: 'json', value: 7 }]);
    expect(
      requestTurns({ params: { messages: [null, 5, { role: 'user', content: { x: 1 } }] } }),
    ).toHaveLength(2);
  });
});

describe('the answer in a result line', () => {
  const chat = (message: unknown, more = {}) => ({
    custom_id: 'a',
    response: {
      status_code: 200,
      body: { model: 'm', choices: [{ message, finish_reason: 'stop', ...more }] },
    },
    error: null,
  });

  it('reads a chat completion with thinking, text, refusal and tool calls', () => {
    expect(answerOf(chat({ role: 'assistant', content: 'Hi', reasoning_content: 'hm' }))).toEqual({
      blocks: [{ type: 'thinking', text: 'hm' }, text('Hi')],
      others: [],
      model: 'm',
      finishReason: 'stop',
    });
    expect(answerOf(chat({ content: null, refusal: 'No.' })).blocks).toEqual([
      { type: 'refusal', text: 'No.' },
    ]);
    expect(answerText(answerOf(chat({ tool_calls: [{ function: { name: 'f', arguments: '{}' } }] })))).toBe(
      'f({})',
    );
  });

  it('says that an answer is empty or was withheld, rather than showing its JSON', () => {
    expect(answerOf(chat({ content: '' })).blocks).toEqual([text('')]);
    expect(answerOf(chat({ content: '' }, { finish_reason: 'content_filter' })).blocks).toEqual([
      { type: 'refusal', text: 'The provider’s filter withheld this answer.' },
    ]);
    expect(answerOf(chat({ odd: 1 })).blocks[0]?.type).toBe('json');
  });

  it('keeps further choices apart', () => {
    const body = { choices: [{ message: { content: 'one' } }, { message: { content: 'two' } }] };
    expect(answerOf({ response: { body } }).others).toEqual([[text('two')]]);
  });

  it('reads an Anthropic message and its four result types', () => {
    const message = { model: 'c', content: [{ type: 'text', text: 'Hello' }], stop_reason: 'end_turn' };
    expect(answerOf({ custom_id: 'a', result: { type: 'succeeded', message } })).toMatchObject({
      blocks: [text('Hello')],
      finishReason: 'end_turn',
    });
    const error = { type: 'error', error: { type: 'invalid_request_error', message: 'bad' } };
    expect(answerOf({ result: { type: 'errored', error } }).blocks).toEqual([
      { type: 'error', code: 'invalid_request_error', message: 'bad' },
    ]);
    expect(answerOf({ result: { type: 'expired' } }).blocks[0]).toMatchObject({ code: 'batch_expired' });
    expect(answerOf({ result: { type: 'canceled' } }).blocks[0]).toMatchObject({ code: 'batch_cancelled' });
  });

  it('reads text completions, embeddings and Responses output', () => {
    expect(answerOf({ response: { body: { choices: [{ text: 'plain' }] } } }).blocks).toEqual([
      text('plain'),
    ]);
    const embedding = Array.from({ length: 12 }, (_, n) => n);
    expect(answerOf({ response: { body: { data: [{ embedding }] } } }).blocks[0]).toEqual({
      type: 'embedding',
      dimensions: 12,
      first: [0, 1, 2, 3, 4, 5, 6, 7],
      values: embedding,
    });
    const output = [
      { type: 'reasoning', summary: [{ type: 'summary_text', text: 'x' }] },
      { type: 'message', content: [{ type: 'output_text', text: 'hi' }] },
    ];
    expect(answerText(answerOf({ response: { body: { output } } }))).toContain('hi');
  });

  it('reads errors in every shape', () => {
    const words = (line: object) => answerText(answerOf({ custom_id: 'a', ...line }));
    expect(words({ response: null, error: { code: 'batch_expired', message: 'late' } })).toBe('late');
    expect(words({ error: 'plain words' })).toBe('plain words');
    expect(words({ error: { error: { message: 'nested', code: 400 } } })).toBe('nested');
    expect(words({ response: { status_code: 400, body: { error: { message: 'in body' } } } })).toBe(
      'in body',
    );
    expect(words({ response: null, error: null })).toContain('no answer');
  });

  it('never throws, whatever it is given', () => {
    let deep: unknown = {};
    for (let i = 0; i < 50_000; i++) deep = { x: deep };
    for (const odd of [null, 0, '', [], {}, { response: 5 }, { result: {} }, { choices: [null] }, deep]) {
      expect(() => answerText(answerOf(odd))).not.toThrow();
      expect(() => requestTurns(odd)).not.toThrow();
    }
    expect(() => answerOf({ response: { body: { error: deep } } })).not.toThrow();
  });
});
