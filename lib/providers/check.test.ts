import { expect, test } from 'vitest';
import { checkBy, type Look } from './check.ts';
import { scripted } from './provider-kit.ts';

const list: Look = { list: '/batches?limit=1' };
const nobody: Look = { nobody: '/batches/batch_0' };
const html = '<!doctype html><title>Welcome to nginx</title>';
const error = (message: string) => JSON.stringify({ error: { message, type: 't' } });

const answered = async (look: Look, status: number, body: string) =>
  checkBy(scripted(() => new Response(body, { status })).fetch, look);

test.each([
  [list, 200, '{"object":"list","data":[],"has_more":false}'],
  [list, 200, '{"data":[{"id":"batch_1"}]}'],
  [list, 200, '[]'],
  [list, 200, '{"object":"list","total":0}'],
  [list, 200, `{"object":"list","data":[{"id":"${'x'.repeat(2_000_000)}"}]}`],
  [nobody, 404, error('No batch found with id batch_0.')],
  [nobody, 404, '{"detail":"Batch batch_0 not found"}'],
  [nobody, 400, '{"detail":[{"loc":["id"],"msg":"not a UUID","type":"uuid"}]}'],
])('%j answered %i is a batch API that is ready', async (look, status, body) => {
  expect(await answered(look, status, body)).toEqual({ kind: 'ready' });
});

test.each([
  [401, error('Incorrect API key provided: sk-canary-123456')],
  [403, '{"message":"forbidden"}'],
  [402, error('Insufficient credit')],
  [401, ''],
  [403, html],
])('%i is the key', async (status, body) => {
  for (const look of [list, nobody]) {
    const found = await answered(look, status, body);
    expect(found).toMatchObject({ kind: 'credential_rejected' });
    expect(JSON.stringify(found)).not.toMatch(/canary|nginx/);
  }
});

test.each([
  [list, 404, error('Not found')],
  [list, 200, html],
  [list, 200, '{"status":"ok"}'],
  [list, 200, '["a"]'],
  [list, 200, ''],
  [list, 405, error('Method not allowed')],
  [list, 400, error('Either x-portkey-config or x-portkey-provider header is required')],
  [nobody, 200, '{"id":"batch_0","status":"completed"}'],
  [nobody, 404, html],
  [nobody, 404, 'SSH-2.0-OpenSSH_9.6 no such thing'],
  [nobody, 404, '{"detail":"Not Found"}'],
  [nobody, 404, error('Invalid URL (GET /v1/batches/batch_0)')],
  [nobody, 405, error('Method not allowed')],
  [nobody, 404, '{}'],
])('%j answered %i with %s is no batch API', async (look, status, body) => {
  const found = await answered(look, status, body);
  expect(found).toMatchObject({ kind: 'not_batch_api' });
  expect(JSON.stringify(found)).not.toMatch(/nginx|OpenSSH/);
});

test.each([429, 500, 502, 503, 529])('%i says nothing about address or key', async (status) => {
  for (const body of ['', html, error('overloaded')]) {
    expect(await answered(list, status, body)).toMatchObject({ kind: 'trouble' });
  }
});

test('it is one GET, and what a provider says at length is cut', async () => {
  const { fetch, calls } = scripted(() => new Response(error('x'.repeat(100_000)), { status: 401 }));
  const found = await checkBy(fetch, list);
  expect(calls).toHaveLength(1);
  expect(calls).toMatchObject([{ path: '/batches?limit=1', method: 'GET', body: '' }]);
  expect(JSON.stringify(found).length).toBeLessThan(2_048);
});
