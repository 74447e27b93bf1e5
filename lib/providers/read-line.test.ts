import { describe, expect, it } from 'vitest';
import { fixturesOf } from '#lib/providers/provider-kit';
import { providerFor } from '#lib/providers/registry';

const fixture = fixturesOf('inline');
const openai = fixturesOf('openai');
const linesOf = (file: string) => file.trimEnd().split('\n').map(read);

const infron = providerFor('inline', 'infron');
const read = (line: unknown) =>
  infron.readLine(Buffer.from(typeof line === 'string' ? line : JSON.stringify(line)));
const all = (name: string) => linesOf(fixture(name));
const chat = (choice: object, usage?: object) => ({
  custom_id: 'a',
  response: { status_code: 200, body: { model: 'm', choices: [choice], usage } },
  error: null,
});

describe('reading one result line', () => {
  it('reads OpenAI’s', () => {
    expect(all('results.jsonl')).toEqual([
      {
        customId: 'my-request-01',
        outcome: 'succeeded',
        flags: [],
        httpStatus: 200,
        errorCode: null,
        errorMessage: null,
        model: 'gpt-4o-mini-2024-07-18',
        finishReason: 'stop',
        usage: { input: 11, output: 5, cachedRead: 4, cacheWrite: null, reasoning: 2, total: 16 },
        costNano: null,
        preview: 'Start with the docs.',
        text: 'Start with the docs.',
      },
      expect.objectContaining({
        customId: 'my-request-02',
        outcome: 'expired',
        errorCode: 'batch_expired',
        usage: null,
        preview: 'This request could not be executed before the completion window expired.',
      }),
    ]);
  });

  it('reads Anthropic’s, whose cached input is counted apart', () => {
    const [good, errored, canceled, expired] = all('anthropic-results.jsonl');
    expect(good).toMatchObject({
      outcome: 'succeeded',
      flags: ['truncated'],
      model: 'claude-sonnet-4-5',
      usage: { input: 115, output: 7, cachedRead: 100, cacheWrite: 5, total: 122 },
      preview: 'Hello',
    });
    expect(errored).toMatchObject({
      outcome: 'failed',
      errorCode: 'invalid_request_error',
      errorMessage: 'max_tokens: too large',
    });
    expect(canceled).toMatchObject({ outcome: 'cancelled', errorCode: 'batch_cancelled' });
    expect(expired).toMatchObject({ outcome: 'expired', errorCode: 'batch_expired' });
  });

  it('reads failed lines, in a file of their own or among the answers', () => {
    expect(linesOf(openai('errors.jsonl'))).toMatchObject([
      {
        outcome: 'failed',
        httpStatus: 400,
        errorCode: 'invalid_value',
        preview: "Invalid value for 'temperature'.",
      },
      { outcome: 'expired', errorCode: 'batch_expired' },
      { outcome: 'cancelled', errorCode: 'batch_cancelled' },
    ]);
    expect(linesOf(openai('vllm-output.jsonl'))).toMatchObject([
      { outcome: 'succeeded', preview: 'Start with the docs.' },
      { outcome: 'failed', errorCode: 'http_400', errorMessage: expect.stringContaining('context length') },
      { outcome: 'failed', errorCode: 'NotFoundError', errorMessage: 'The model does not exist.' },
    ]);
  });

  it('reads the bodies of every endpoint', () => {
    expect(linesOf(openai('other-bodies.jsonl'))).toMatchObject([
      {
        outcome: 'succeeded',
        flags: ['truncated'],
        finishReason: 'max_output_tokens',
        preview: 'Half an answ',
        usage: { input: 36, output: 87, reasoning: 64 },
      },
      {
        outcome: 'succeeded',
        flags: ['refused'],
        preview: "I can't help with that.",
        model: 'gpt-4.1-2025-04-14',
      },
      {
        outcome: 'failed',
        errorCode: 'server_error',
        errorMessage: 'The model failed to answer.',
        usage: null,
      },
      { outcome: 'succeeded', flags: ['truncated'], finishReason: 'length', preview: 'once upon' },
      {
        outcome: 'succeeded',
        flags: [],
        preview: '(embedding of 3 numbers)',
        usage: { input: 8, output: 0 },
      },
    ]);
    expect(linesOf(openai('groq-output.jsonl'))).toMatchObject([
      { outcome: 'succeeded', model: 'llama-3.1-8b-instant', usage: { input: 20, output: 8, total: 28 } },
    ]);
  });

  it('reads Anthropic’s in whatever order they come', () => {
    expect(linesOf(fixturesOf('anthropic')('results.jsonl'))).toMatchObject([
      { customId: 'r2', outcome: 'failed', errorCode: 'invalid_request_error' },
      {
        customId: 'r1',
        outcome: 'succeeded',
        finishReason: 'end_turn',
        preview: 'Hello again!',
        usage: { input: 115 },
      },
      { customId: 'r3', outcome: 'cancelled' },
      { customId: 'r4', outcome: 'expired' },
    ]);
  });

  it('reads a line with a byte order mark before it, a CR behind it, and separators within', () => {
    const [, line = ''] = openai('output.jsonl').split('\n');
    for (const dressed of [line, `\ufeff${line}`, `${line}\r`, ` ${line} `]) {
      expect(read(dressed)).toMatchObject({
        customId: 'r1',
        outcome: 'succeeded',
        preview: 'ein Satz mit Bruch',
      });
    }
    for (let cut = 1; cut < line.length; cut += 7) {
      expect(read(line.slice(0, -cut))).toMatchObject({ customId: null, outcome: 'unparseable' });
    }
  });

  it.each([
    ['an error beside a good response', { ...chat({}), error: { code: 'x', message: 'no' } }, 'failed', 'x'],
    ['an error in bare words', { custom_id: 'a', response: null, error: 'no' }, 'failed', 'provider_error'],
    ['a nested error', { custom_id: 'a', error: { error: { message: 'no', type: 'bad' } } }, 'failed', 'bad'],
    [
      'a cancelled request',
      { custom_id: 'a', error: { code: 'batch_canceled' } },
      'cancelled',
      'batch_canceled',
    ],
    ['no response at all', { custom_id: 'a', response: null, error: null }, 'failed', 'no_response'],
    ['a status of 0', { custom_id: 'a', response: { status_code: 0, body: {} } }, 'failed', 'http_0'],
    ['a bad status', { custom_id: 'a', response: { status_code: 500, body: null } }, 'failed', 'http_500'],
    ['Siraya’s status', { custom_id: 'a', response: { status: 429, body: {} } }, 'failed', 'http_429'],
    [
      'a status as text',
      { custom_id: 'a', response: { status_code: '503', body: {} } },
      'failed',
      'http_503',
    ],
    [
      'an error under a good status',
      { custom_id: 'a', response: { status_code: 200, body: { error: { message: 'm', code: 'c' } } } },
      'failed',
      'c',
    ],
    [
      'a bad status before its error',
      { custom_id: 'a', response: { status_code: 400, body: { error: { message: 'm' } } } },
      'failed',
      'http_400',
    ],
  ])('calls %s by its name', (_, line, outcome, code) => {
    expect(read(line)).toMatchObject({ outcome, errorCode: code, flags: [] });
  });

  it.each([
    ['an absent error', { custom_id: 'a', response: { body: { choices: [{ message: { content: 'x' } }] } } }],
    ['an empty error', { ...chat({ message: { content: 'x' } }), error: '' }],
    [
      'an error full of nulls',
      { ...chat({ message: { content: 'x' } }), error: { code: null, message: null, param: '' } },
    ],
    ['an error object without fields', { ...chat({ message: { content: 'x' } }), error: {} }],
    ['no status but a body', { custom_id: 'a', response: { choices: [{ message: { content: 'x' } }] } }],
  ])('does not take %s for a failure', (_, line) => {
    expect(read(line)).toMatchObject({ outcome: 'succeeded', preview: 'x', errorCode: null });
  });

  it('flags what was cut off and what was refused', () => {
    const flags = (choice: object) => read(chat(choice)).flags;
    expect(flags({ message: { content: 'a' }, finish_reason: 'length' })).toEqual(['truncated']);
    for (const finish_reason of ['max_tokens', 'max_output_tokens', 'model_context_window_exceeded']) {
      expect(flags({ message: { content: 'a' }, finish_reason })).toEqual(['truncated']);
    }
    expect(flags({ message: { refusal: 'No.' }, finish_reason: 'stop' })).toEqual(['refused']);
    expect(flags({ message: { content: '' }, finish_reason: 'content_filter' })).toEqual(['refused']);
    const message = { content: [{ type: 'text', text: 'no' }], stop_reason: 'refusal' };
    expect(read({ custom_id: 'a', result: { type: 'succeeded', message } }).flags).toEqual(['refused']);
    expect(flags({ message: { content: 'a', refusal: null }, finish_reason: 'stop' })).toEqual([]);
  });

  it('leaves usage it was not told as null, never 0', () => {
    expect(read(chat({ message: { content: 'a' } })).usage).toBeNull();
    expect(read(chat({ message: { content: 'a' } }, {})).usage).toBeNull();
    expect(read(chat({ message: { content: 'a' } }, { prompt_tokens: 3 })).usage).toEqual({
      input: 3,
      output: null,
      cachedRead: null,
      cacheWrite: null,
      reasoning: null,
      total: 3,
    });
  });

  it('shows the first words on one line, whole characters only', () => {
    const preview = (content: string) => read(chat({ message: { content } })).preview;
    expect(preview('a\n\n  b\tc\u2028d')).toBe('a b c d');
    expect(preview('é'.repeat(500))).toHaveLength(200);
    expect(preview(`${'x'.repeat(199)}😀`).isWellFormed()).toBe(true);
    expect(preview('\u0000\u001b[31mred\u202e')).toBe('[31mred');
    const lone = read(
      '{"custom_id":"\\ud83d","response":{"body":{"choices":[{"message":{"content":"\\ud83d!"}}]}}}',
    );
    expect([lone.customId, lone.preview]).toEqual(['\ufffd', '\ufffd!']);
  });

  it('believes a price only from the sandbox', () => {
    const line = Buffer.from(
      JSON.stringify({ ...chat({ message: { content: 'a' } }), demo_cost: '0.0000123' }),
    );
    expect(infron.readLine(line).costNano).toBeNull();
    expect(providerFor('inline', 'sandbox').readLine(line).costNano).toBe(12_300);
  });

  it('reads a line of ten megabytes', () => {
    const content = 'word '.repeat(2_000_000);
    const record = read(chat({ message: { content }, finish_reason: 'stop' }));
    expect(record).toMatchObject({ outcome: 'succeeded', preview: content.slice(0, 200) });
  });

  it('keeps strange ids as they are', () => {
    for (const id of ['__proto__', ' padded ', 'ключ', '../../x', '🙂'])
      expect(read({ custom_id: id }).customId).toBe(id);
    expect(read({ custom_id: 7, response: null }).customId).toBe('7');
    expect(read({ custom_id: null, response: null }).customId).toBeNull();
    expect(read({ custom_id: '', response: null }).customId).toBeNull();
  });

  it('never throws', () => {
    for (const line of [
      '',
      'null',
      '7',
      '[]',
      '"x"',
      '{',
      '{"custom_id":"a"',
      '\ufffd',
      'x'.repeat(100_000),
    ]) {
      expect(read(line)).toMatchObject({ outcome: 'unparseable', customId: null });
    }
    const bytes = Buffer.from('{"custom_id":"a","error":"\xff\xfe"}', 'latin1');
    expect(infron.readLine(bytes).outcome).toBe('failed');
    const deep = `{"custom_id":"a","response":{"body":${'{"x":'.repeat(50_000)}1${'}'.repeat(50_000)}}}`;
    expect(() => read(deep)).not.toThrow();
    for (const response of [
      5,
      [],
      'x',
      { body: 5 },
      { body: [] },
      { body: { choices: {} } },
      { body: { choices: [null] } },
    ]) {
      expect(() => read({ custom_id: 'a', response })).not.toThrow();
    }
  });
});
