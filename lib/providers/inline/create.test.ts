import { describe, expect, it } from 'vitest';
import { capabilitiesOf } from '#lib/model/capabilities';
import { Unreached } from '#lib/outbound/outbound';
import type { CreateAnswer } from '#lib/providers/provider';
import { createInput, fixturesOf, scripted } from '#lib/providers/provider-kit';
import { providerFor } from '#lib/providers/registry';
import { inlineProvider } from './provider.ts';

const fixture = fixturesOf('inline');

const odd = '{"custom_id":"a","params":{"n":9007199254740993,"x":1.0,"e":1e400,  "s":"\u2028"}}';

const linesOf = (...all: string[]) =>
  async function* () {
    for (const line of all) yield Buffer.from(line);
  };

async function createWith(
  answer: () => Response | Promise<Response>,
  { preset = 'infron', lines = linesOf(odd, '{"custom_id":"b","params":{}}') } = {},
) {
  const { fetch, calls } = scripted(answer);
  const input = createInput({ nonce: 'int_1', lines });
  const result: CreateAnswer = await providerFor('inline', preset).create(fetch, input);
  return { result, calls };
}

const json =
  (body: string, init: ResponseInit = {}) =>
  () =>
    new Response(body, init);

describe('creating a batch', () => {
  it('sends every line as the bytes it was, joined by commas', async () => {
    const { result, calls } = await createWith(json(fixture('wrapper.json')));
    expect(calls).toHaveLength(1);
    expect(calls[0]).toMatchObject({ path: '/batches', method: 'POST', bare: false });
    const document = `{"requests":[${odd},{"custom_id":"b","params":{}}]}`;
    expect(calls[0]?.body).toBe(document);
    expect(calls[0]?.headers['content-length']).toBe(String(Buffer.byteLength(document)));
    expect(result).toMatchObject({
      kind: 'accepted',
      report: {
        providerBatchId: 'batch_a34c321b-ed4b-4e91-ae29-7f02939d8962',
        state: 'pending',
        rawStatus: 'validating',
        counts: null,
        expiresAt: 1766058749000,
      },
    });
  });

  it('tells the nonce only to a provider that can give it back', async () => {
    const { calls } = await createWith(json(fixture('wrapper.json')), { preset: 'sandbox' });
    expect(JSON.parse(calls[0]?.body ?? '').metadata).toEqual({ batchdeck_intent: 'int_1' });
  });

  it('takes the flat answer and the reduced one', async () => {
    const flat = await createWith(json(fixture('flat.json')));
    expect(flat.result).toMatchObject({ report: { providerBatchId: 'batch_a34c321b', state: 'running' } });
    const reduced = await createWith(json('{"id":"b1","object":"batch","status":"pending","created_at":1}'));
    expect(reduced.result).toMatchObject({ report: { providerBatchId: 'b1', state: 'pending' } });
  });

  it.each([400, 402, 404, 405, 413, 422])(
    'takes a %i as a refusal with the provider’s words',
    async (status) => {
      const body = '{"error":{"message":"requests[0]: bad model","type":"invalid_request_error","code":400}}';
      const { result } = await createWith(json(body, { status }));
      expect(result).toEqual({
        kind: 'refused',
        code: 'invalid_request_error',
        message: 'requests[0]: bad model',
        httpStatus: status,
      });
    },
  );

  it.each([401, 403])('takes a %i as a rejected key', async (status) => {
    expect((await createWith(json('{"error":"no"}', { status }))).result.kind).toBe('credential_rejected');
  });

  it('waits on 429, and on 503 that names a time', async () => {
    const headers = { 'retry-after': '30' };
    expect((await createWith(json('{}', { status: 429 }))).result).toMatchObject({
      kind: 'wait',
      retryAfterMs: null,
    });
    expect((await createWith(json('{}', { status: 503, headers }))).result).toMatchObject({
      retryAfterMs: 30_000,
    });
  });

  it.each([
    ['a 500', json('{"error":"x"}', { status: 500 })],
    ['a 503 without a time', json('', { status: 503 })],
    ['a 503 with a time that is none', json('', { status: 503, headers: { 'retry-after': 'soon' } })],
    ['a 529', json('', { status: 529 })],
    ['a 408', json('', { status: 408 })],
    ['a 409', json('{"error":"exists"}', { status: 409 })],
    ['a 200 cut in the middle', json(fixture('wrapper.json').slice(0, 400))],
    ['a 200 with a web page', json('<html>hello</html>')],
    ['an empty 200', json('')],
    ['an empty wrapper', json('{"batch":{},"batch_id":""}')],
    ['an id that is a path', json('{"id":"../../admin","status":"pending"}')],
    ['a reset after sending', () => Promise.reject(new Unreached('reset', true, 'The connection broke.'))],
    ['a surprise', () => Promise.reject(new Error('boom'))],
  ])('calls %s lost, never refused', async (_, answer) => {
    expect((await createWith(answer)).result.kind).toBe('lost');
  });

  it('knows when nothing was sent', async () => {
    const refused = () => Promise.reject(new Unreached('refused', false, 'Nobody listens there.'));
    expect((await createWith(refused)).result).toEqual({
      kind: 'not_sent',
      message: 'Nobody listens there.',
    });
  });

  it('takes a bare 503 for a refusal to listen only where the provider is known to mean that', async () => {
    const { fetch } = scripted(json('', { status: 503 }));
    const can = { ...capabilitiesOf({ dialect: 'inline', preset: 'infron' }), unavailableIsUnsent: true };
    expect(await inlineProvider(can).create(fetch, createInput())).toMatchObject({ kind: 'wait' });
  });

  it.each(['at once', 'while they are sent'])(
    'knows that lines which break off %s were never accepted',
    async (when) => {
      let reads = when === 'at once' ? 1 : 0;
      async function* lines() {
        yield Buffer.from(odd);
        if (reads++ > 0) throw new Error('The blob is gone.');
      }
      const { result } = await createWith(json(fixture('wrapper.json')), { lines });
      expect(result).toEqual({ kind: 'not_sent', message: 'The blob is gone.' });
    },
  );
});
