import { describe, expect, it } from 'vitest';
import type { CreateInput } from '#lib/providers/provider';
import { createInput, fixturesOf, scripted } from '#lib/providers/provider-kit';
import { providerFor } from '#lib/providers/registry';

const fixture = fixturesOf('openai');
const json =
  (body: string, init: ResponseInit = {}) =>
  () =>
    new Response(body, init);

async function createWith(answer: () => Response, given: Partial<CreateInput> = {}, preset = 'openai') {
  const { fetch, calls } = scripted(answer);
  const input = createInput({ inputFileId: 'file-1', ...given });
  const result = await providerFor('openai', preset).create(fetch, input);
  return { result, calls, sent: JSON.parse(calls[0]?.body || 'null') };
}

describe('creating a batch from a file', () => {
  it('names file, endpoint, window and our mark', async () => {
    const { result, calls, sent } = await createWith(json(fixture('create.json')), {
      endpoint: '/v1/embeddings',
      completionWindow: '24h',
      metadata: { team: 'blue' },
    });
    expect(calls).toMatchObject([
      { path: '/batches', method: 'POST', headers: { 'content-type': 'application/json' } },
    ]);
    expect(sent).toEqual({
      input_file_id: 'file-1',
      endpoint: '/v1/embeddings',
      completion_window: '24h',
      metadata: { team: 'blue', batchdeck_intent: 'req_1' },
    });
    expect(result).toMatchObject({
      kind: 'accepted',
      report: {
        providerBatchId: 'batch_67855a8e1f2c8190a3d0c4b5e6f70819',
        state: 'pending',
        rawStatus: 'validating',
        counts: null,
        expiresAt: 1736879118000,
        createdAt: 1736792718000,
        inputFileId: 'file-PdQGmXpZqv7iZkHgYtRs3N',
      },
    });
  });

  it('leaves our mark out where the person’s pairs take every place', async () => {
    const metadata = Object.fromEntries(Array.from({ length: 16 }, (_, n) => [`k${n}`, 'v']));
    expect((await createWith(json('{}'), { metadata })).sent.metadata).toEqual(metadata);
    delete metadata.k0;
    const sent = (await createWith(json('{}'), { metadata })).sent.metadata;
    expect(Object.keys(sent)).toHaveLength(16);
    expect(sent.batchdeck_intent).toBe('req_1');
  });

  it('sends no pairs to those who take none, and no window to those who know none', async () => {
    const novita = await createWith(json('{}'), { metadata: { team: 'blue' } }, 'novita');
    expect(novita.sent).not.toHaveProperty('metadata');
    expect((await createWith(json('{}'), {}, 'zhipu')).sent).toEqual({
      input_file_id: 'file-1',
      endpoint: '/v4/chat/completions',
      metadata: { batchdeck_intent: 'req_1' },
    });
  });

  it('asks Groq for an endpoint without the /openai of its base', async () => {
    expect((await createWith(json('{}'), { completionWindow: '7d' }, 'groq')).sent).toMatchObject({
      endpoint: '/v1/chat/completions',
      completion_window: '7d',
    });
  });

  it.each([
    ['azure-create.json', { state: 'pending', rawStatus: 'Validating', createdAt: 1721409237249 }],
    ['doubleword-running.json', { state: 'running', resultRefs: [] }],
    ['portkey-cohere-create.json', { state: 'running', createdAt: 1736792718123 }],
    ['portkey-bedrock-create.json', { state: 'unknown', rawStatus: '' }],
  ])('takes %s for an accepted batch', async (name, report) => {
    const { result } = await createWith(json(fixture(name), { status: 201 }));
    expect(result).toMatchObject({ kind: 'accepted', report });
  });

  it('sends nothing before the file is there', async () => {
    const { result, calls } = await createWith(json('{}'), { inputFileId: null });
    expect(result.kind).toBe('not_sent');
    expect(calls).toEqual([]);
  });
});
