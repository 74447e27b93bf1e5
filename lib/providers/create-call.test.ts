import { describe, expect, it } from 'vitest';
import { capabilitiesOf } from '#lib/model/capabilities';
import { dialects } from '#lib/model/connection';
import { Unreached } from '#lib/outbound/outbound';
import { anthropicProvider } from './anthropic/provider.ts';
import { inlineProvider } from './inline/provider.ts';
import { openaiProvider } from './openai/provider.ts';
import { createInput, scripted } from './provider-kit.ts';

const make = { inline: inlineProvider, openai: openaiProvider, anthropic: anthropicProvider };

describe.each(dialects)('what the answer to a create of the %s dialect means', (dialect) => {
  const can = capabilitiesOf({ dialect, preset: '' });
  const createWith = (answer: () => Response | Promise<Response>, more = {}) => {
    const { fetch, calls } = scripted(answer);
    const provider = make[dialect]({ ...can, ...more });
    return { calls, result: provider.create(fetch, createInput({ inputFileId: 'file-1' })) };
  };
  const answered = (body: string, init: ResponseInit = {}, more = {}) =>
    createWith(() => new Response(body, init), more).result;

  it.each([400, 402, 404, 405, 413, 422])('%i is final, with the provider’s words', async (status) => {
    const body = '{"error":{"message":"Insufficient credit.","type":"billing","param":null,"code":402}}';
    expect(await answered(body, { status })).toEqual({
      kind: 'refused',
      code: 'billing',
      message: 'Insufficient credit.',
      httpStatus: status,
    });
  });

  it.each([401, 403])('%i rejects the key', async (status) => {
    expect(await answered('{"error":"no"}', { status })).toMatchObject({ kind: 'credential_rejected' });
  });

  it('429 waits, and so does 503 that names a time', async () => {
    const headers = { 'retry-after': '30' };
    expect(await answered('{}', { status: 429 })).toMatchObject({ kind: 'wait', retryAfterMs: null });
    expect(await answered('{}', { status: 429, headers })).toMatchObject({ retryAfterMs: 30_000 });
    expect(await answered('{}', { status: 503, headers })).toMatchObject({ kind: 'wait' });
  });

  it('503 without a time waits only where it is known to mean that nothing was taken', async () => {
    expect(await answered('', { status: 503 })).toMatchObject({ kind: 'lost' });
    const soon = { 'retry-after': 'soon' };
    expect(await answered('', { status: 503, headers: soon })).toMatchObject({ kind: 'lost' });
    const known = { unavailableIsUnsent: true };
    expect(await answered('', { status: 503 }, known)).toMatchObject({ kind: 'wait' });
    expect(await answered('', { status: 500 }, known)).toMatchObject({ kind: 'lost' });
  });

  it.each([408, 409, 500, 502, 504, 529])('%i leaves it open', async (status) => {
    expect(await answered('{"error":"x"}', { status })).toMatchObject({ kind: 'lost' });
  });

  it.each([
    ['a web page', '<html>hello</html>'],
    ['nothing', ''],
    ['an error', '{"error":{"message":"upstream"}}'],
    ['an empty wrapper', '{"batch":{},"batch_id":""}'],
    ['an empty id', '{"id":"","status":"validating"}'],
    ['an id that is a path', '{"id":"../../admin","status":"validating"}'],
    ['half a batch', '{"id":"batch_1","status":"valid'],
  ])('a 200 with %s leaves it open', async (_, body) => {
    expect(await answered(body)).toMatchObject({ kind: 'lost' });
  });

  it('a broken way leaves it open, a closed one does not', async () => {
    const fails = (error: Error) => createWith(() => Promise.reject(error)).result;
    expect(await fails(new Unreached('reset', true, 'The connection broke.'))).toEqual({
      kind: 'lost',
      message: 'The connection broke.',
    });
    expect(await fails(new Error('boom'))).toMatchObject({ kind: 'lost' });
    expect(await fails(new Unreached('refused', false, 'Nobody listens there.'))).toEqual({
      kind: 'not_sent',
      message: 'Nobody listens there.',
    });
  });

  it('whatever it means, one call was made', async () => {
    for (const status of [200, 429, 500]) {
      const { calls, result } = createWith(() => new Response('{}', { status }));
      await result;
      expect(calls).toHaveLength(1);
    }
  });
});
