import { expect, test, vi } from 'vitest';
import { composeAgain } from './compose-again.ts';

const line =
  '{"custom_id":"a","method":"POST","url":"/v1/chat/completions","body":{"model":"m","messages":[{"role":"user","content":"Hi"}]}}\n';
const sendJson = vi.hoisted(() =>
  vi.fn(async (_method: string, _path: string, _wish: object) => ({ id: 'dra_1' })),
);
vi.mock('#lib/api-client', () => ({ getBlob: async () => new Blob([line]), sendJson }));

const sent = {
  name: 'Night',
  file: { id: 'fil_1', name: 'a.jsonl', bytes: line.length },
  connection: { id: 'con_1', name: 'Gateway', preset: 'portkey', paused: null },
  dialect: 'openai',
};

test.each([
  [{ 'x-portkey-provider': 'bedrock' }, 'bedrock'],
  [{ 'openai-project': 'p' }, null],
])('a batch that went with %j is composed again for the same provider', async (headers, route) => {
  expect(await composeAgain({ ...sent, headers })).toBe('/batches/new?draft=dra_1');
  expect(sendJson).toHaveBeenLastCalledWith('POST', '/api/drafts', {
    name: 'Night again',
    connection: 'con_1',
    route,
    form: expect.objectContaining({ requests: [expect.objectContaining({ customId: 'a' })] }),
  });
});
