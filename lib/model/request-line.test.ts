import { describe, expect, it } from 'vitest';
import { type RequestForm, requestsFormSchema } from './request-form.schema.ts';
import { composeLine, composeLines, emptyRequest, freeCustomId } from './request-line.ts';

const form = (over: Partial<RequestForm> = {}): RequestForm => ({
  ...emptyRequest('row-1', 'sandbox/instant'),
  message: 'Hello',
  ...over,
});

describe('a line composed of a form', () => {
  it('leaves out what was left empty', () => {
    expect(JSON.parse(composeLine(form({ maxTokens: '' })))).toEqual({
      custom_id: 'row-1',
      params: { model: 'sandbox/instant', messages: [{ role: 'user', content: 'Hello' }] },
    });
  });

  it('carries every field under the name the providers know', () => {
    const line = composeLine(
      form({
        system: 'Be brief.',
        maxTokens: ' 64 ',
        temperature: '0',
        stopSequences: [{ text: 'END' }, { text: '\n' }],
        metadata: [{ key: 'team ', value: 'ocean' }],
      }),
    );
    expect(JSON.parse(line)).toEqual({
      custom_id: 'row-1',
      params: {
        model: 'sandbox/instant',
        max_tokens: 64,
        system: 'Be brief.',
        messages: [{ role: 'user', content: 'Hello' }],
        temperature: 0,
        stop_sequences: ['END', '\n'],
        metadata: { team: 'ocean' },
      },
    });
  });

  it('stays one line whatever was typed', () => {
    const text = composeLines([form({ message: 'a\r\nb\u2028c' }), form({ customId: 'row-2' })]);
    expect(text.split('\n')).toHaveLength(3);
    expect(text.endsWith('\n')).toBe(true);
    expect(JSON.parse(text.split('\n')[0] ?? '').params.messages[0].content).toBe('a\r\nb\u2028c');
  });

  it('keeps a pair named __proto__ as data', () => {
    const line = composeLine(form({ metadata: [{ key: '__proto__', value: 'x' }] }));
    expect(line).toContain('"metadata":{"__proto__":"x"}');
  });
});

describe('the form', () => {
  const problems = (requests: RequestForm[]) => {
    const parsed = requestsFormSchema.safeParse({ requests });
    return parsed.success ? [] : parsed.error.issues.map((issue) => issue.path.join('.'));
  };

  it('finds a custom_id used twice, on the later request', () => {
    expect(problems([form(), form()])).toEqual(['requests.1.customId']);
    expect(problems([form({ message: '' }), form()])).toEqual(['requests.0.message', 'requests.1.customId']);
  });

  it('asks for a model and a message', () => {
    expect(problems([form({ model: ' ', message: '\n' })])).toEqual([
      'requests.0.model',
      'requests.0.message',
    ]);
  });

  it('refuses numbers no provider would take', () => {
    expect(problems([form({ maxTokens: '1.5', temperature: '2.1' })])).toEqual([
      'requests.0.maxTokens',
      'requests.0.temperature',
    ]);
    expect(problems([form({ maxTokens: 'Infinity', temperature: 'warm' })])).toHaveLength(2);
  });

  it('takes sixteen metadata pairs, each name once', () => {
    const pairs = Array.from({ length: 16 }, (_, n) => ({ key: `k${n}`, value: '' }));
    expect(problems([form({ metadata: pairs })])).toEqual([]);
    const [, ...rest] = pairs;
    expect(problems([form({ metadata: [...pairs, { key: 'k16', value: '' }] })])).toEqual([
      'requests.0.metadata',
    ]);
    expect(problems([form({ metadata: [...rest, { key: 'k1', value: '' }] })])).toEqual([
      'requests.0.metadata.15.key',
    ]);
  });
});

describe('a free custom_id', () => {
  it('counts on and steps over what is taken', () => {
    expect(freeCustomId(['row-1'])).toBe('row-2');
    expect(freeCustomId(['row-2'])).toBe('row-3');
  });

  it('names a copy after its original', () => {
    expect(freeCustomId(['a'], 'a')).toBe('a-copy');
    expect(freeCustomId(['a', 'a-copy'], 'a')).toBe('a-copy-2');
  });
});
