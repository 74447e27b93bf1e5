import { describe, expect, it } from 'vitest';
import { checkForm } from './check.ts';
import { lineOf } from './compose.ts';
import { convertForm } from './convert.ts';
import { type BatchForm, emptySheet, newRequest, type ShapeName } from './form.ts';
import type { Members } from './json.ts';

const schema = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] };
const form: BatchForm = {
  shape: 'inline',
  defaults: {
    ...emptySheet,
    own: {
      model: 'm',
      max_tokens: 2048,
      system: 'Be brief.',
      stop_sequences: ['END'],
      reasoning_effort: 'low',
      response_format: { type: 'json_schema', json_schema: { name: 'x', schema } },
      tools: [{ name: 'look', description: 'Looks.', input_schema: schema }],
      tool_choice: { type: 'tool', name: 'look' },
    },
  },
  requests: [
    {
      ...newRequest('a', {
        messages: [
          { role: 'user', content: [{ type: 'image', source: { type: 'url', url: 'https://a.b/c' } }] },
          { role: 'assistant', content: [{ type: 'tool_use', id: 't', name: 'look', input: { city: 'x' } }] },
          { role: 'user', content: [{ type: 'tool_result', tool_use_id: 't', content: 'Rain.' }] },
        ],
      }),
      omit: ['stop_sequences'],
    },
    newRequest('b', { messages: [{ role: 'user', content: 'Hi' }] }),
  ],
};
const bodies = (to: ShapeName): Members[] => {
  const made = convertForm(form, to);
  return made.requests.map((request) => {
    const line = lineOf(made, request);
    return (line.body ?? line.params) as Members;
  });
};

describe('requests for another kind of line', () => {
  it('become chat completions', () => {
    const [first, second] = bodies('chat');
    expect(first).toEqual({
      model: 'm',
      max_tokens: 2048,
      reasoning_effort: 'low',
      response_format: { type: 'json_schema', json_schema: { name: 'x', schema } },
      tools: [{ type: 'function', function: { name: 'look', description: 'Looks.', parameters: schema } }],
      tool_choice: { type: 'function', function: { name: 'look' } },
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: [{ type: 'image_url', image_url: { url: 'https://a.b/c' } }] },
        {
          role: 'assistant',
          content: null,
          tool_calls: [
            { id: 't', type: 'function', function: { name: 'look', arguments: '{\n  "city": "x"\n}' } },
          ],
        },
        { role: 'tool', tool_call_id: 't', content: 'Rain.' },
      ],
    });
    expect(second).toMatchObject({ stop: ['END'] });
  });

  it('become responses', () => {
    const [, second] = bodies('responses');
    expect(second).toEqual({
      model: 'm',
      instructions: 'Be brief.',
      input: 'Hi',
      max_output_tokens: 2048,
      tools: [{ type: 'function', name: 'look', description: 'Looks.', parameters: schema }],
      tool_choice: { type: 'function', name: 'look' },
      text: { format: { type: 'json_schema', name: 'x', schema } },
      reasoning: { effort: 'low' },
      stop_sequences: ['END'],
    });
  });

  it('become Anthropic’s, where format and effort share one member', () => {
    expect(bodies('anthropic')[1]).toMatchObject({
      output_config: { format: { type: 'json_schema', schema }, effort: 'low' },
      messages: [{ role: 'user', content: 'Hi' }],
    });
  });

  it('become texts to embed or to go on from, and conversations again', () => {
    expect(bodies('embeddings')[1]).toMatchObject({ input: 'Hi' });
    expect(bodies('completions')[1]).toMatchObject({ prompt: 'Hi', stop: ['END'] });
    const back = convertForm(convertForm(form, 'completions'), 'chat');
    expect(back.requests[1]?.own.messages).toEqual([{ role: 'user', content: 'Hi' }]);
  });

  it.each<ShapeName>(['chat', 'anthropic', 'responses'])('come back from %s without an error', (to) => {
    const there = convertForm(form, to);
    expect(checkForm(there, { customIdPattern: null }).errors).toBe(0);
    expect(checkForm(convertForm(there, 'inline'), { customIdPattern: null }).errors).toBe(0);
  });

  it('stay the same object where nothing changes', () => {
    expect(convertForm(form, 'inline')).toBe(form);
  });
});
