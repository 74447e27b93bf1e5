import { describe, expect, it } from 'vitest';
import { Unreached } from '#lib/outbound/outbound';
import type { CreateAnswer, ProviderFetch } from '#lib/providers/provider';
import { createInput, fixturesOf, scripted } from '#lib/providers/provider-kit';
import { providerFor } from '#lib/providers/registry';

const fixture = fixturesOf('inline');

const odd = '{"custom_id":"a","params":{"n":9007199254740993,"x":1.0,"e":1e400,  "s":"\u2028"}}';

const linesOf = (...all: string[]) =>
  async function* () {
    for (const line of all) yield Buffer.from(line);
  };

async function createWith(
  answer: () => Response,
  { preset = 'infron', lines = linesOf(odd, '{"custom_id":"b","params":{}}') } = {},
) {
  const { fetch, calls } = scripted(answer);
  const input = createInput({ nonce: 'int_1', lines });
  const result: CreateAnswer = await providerFor('inline', preset).create(fetch, input);
  return { result, calls };
}

const json = (body: string) => () => new Response(body);

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

  it.each([
    ['before its last byte has left was never accepted', 3, 'not_sent'],
    ['behind its last byte may have been accepted', 5, 'lost'],
  ])('knows that a document that breaks off %s', async (_, chunks, kind) => {
    const lines = linesOf(odd, '{"custom_id":"b","params":{}}');
    const fetch: ProviderFetch = async (_path, { body = '' }) => {
      let read = 0;
      for await (const _chunk of body) if (++read === chunks) break;
      throw new Unreached('reset', true, 'The connection broke.');
    };
    const input = createInput({ lines });
    expect(await providerFor('inline', 'infron').create(fetch, input)).toMatchObject({ kind });
  });
});
