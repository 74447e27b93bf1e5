import { beforeEach, expect, test } from 'vitest';
import type { Context } from '#lib/context';
import { newConnectionSchema } from '#lib/model/connection.schema';
import { type OutboundRequest, Unreached } from '#lib/outbound/outbound';
import { createInput } from '#lib/providers/provider-kit';
import { keepConnection } from '#lib/provisioning/keep-connection';
import { testContext } from '#lib/test-context';
import { createConnection } from './create-connection.ts';
import { reachConnection } from './reach-connection.ts';

const key = { apiKey: 'sk-canary-0123456789abcdef' };
let ctx: Context;
const left: OutboundRequest[] = [];
beforeEach(async () => {
  left.length = 0;
  ctx = await testContext({ outbound: { request: answer, close: async () => {} } });
});

async function answer(request: OutboundRequest): Promise<Response> {
  left.push(request);
  if (new URL(request.url).origin !== request.origin) throw new Unreached('blocked', false, 'Not bound.');
  return Response.json({ id: 'b1', processing_status: 'in_progress', status: 'in_progress' });
}

const make = (wish: object) =>
  createConnection(ctx, newConnectionSchema.parse({ name: 'gw', ...key, ...wish }));

test('a preset that speaks other dialects may be told to, with their header and rules', async () => {
  expect(await make({ preset: 'sandbox', dialect: 'anthropic', apiKey: undefined })).toMatchObject({
    dialect: 'anthropic',
    keyHeader: 'x-api-key',
    baseUrl: '',
    limits: { customIdPattern: '^[A-Za-z0-9_-]{1,64}$' },
    capabilities: { lines: 'params', findsBy: 'window', costSource: 'demo', maxRequests: 100_000 },
  });
  const inline = { name: 'inline', preset: 'openai-compatible', dialect: 'inline' };
  expect(await make({ ...inline, baseUrl: 'https://gw.example.com/v1' })).toMatchObject({
    dialect: 'inline',
    capabilities: { lines: 'params', canList: false },
  });
});

test('a preset that speaks one dialect says so when asked for another', async () => {
  await expect(make({ preset: 'openai', dialect: 'anthropic' })).rejects.toMatchObject({
    code: 'invalid',
    message: 'OpenAI speaks the openai dialect only.',
    details: { field: 'dialect' },
  });
});

test('a connection shows what its provider can do, with its own limits in it', async () => {
  const limits = { requests: 10, bytes: null };
  expect(await make({ preset: 'groq', limits })).toMatchObject({
    capabilities: { lines: 'openai', mixedModels: true, maxRequests: 10, maxBytes: null },
  });
});

test.each([
  ['anthropic', 'https://api.anthropic.com/v1/messages/batches/b1', 'x-api-key', key.apiKey],
  ['openai', 'https://api.openai.com/v1/batches/b1', 'authorization', `Bearer ${key.apiKey}`],
  ['groq', 'https://api.groq.com/openai/v1/batches/b1', 'authorization', `Bearer ${key.apiKey}`],
  ['zhipu', 'https://open.bigmodel.cn/api/paas/v4/batches/b1', 'authorization', `Bearer ${key.apiKey}`],
])('%s is asked at %s', async (preset, url, header, value) => {
  const { id } = await make({ preset });
  const { provider, fetch } = await reachConnection(ctx, id);
  expect((await provider.poll(fetch, 'b1')).kind).toBe('report');
  expect(left).toMatchObject([{ url, headers: { [header]: value } }]);
});

test('Azure is asked by either of its addresses, with its own header', async () => {
  const old = { preset: 'azure-openai', baseUrl: 'https://r.openai.azure.com/openai?api-version=2024-10-21' };
  const { id } = await make(old);
  const { provider, fetch } = await reachConnection(ctx, id);
  await provider.create(fetch, createInput({ inputFileId: 'f1' }));
  expect(left).toMatchObject([
    {
      url: 'https://r.openai.azure.com/openai/batches?api-version=2024-10-21',
      headers: { 'api-key': key.apiKey },
    },
  ]);
});

test('an address the provider names gets the key only on the bound origin', async () => {
  const { id } = await make({ preset: 'anthropic' });
  const { fetch } = await reachConnection(ctx, id);
  const ask = (url: string) => fetch(url, { method: 'GET', named: true });
  await ask('https://api.anthropic.com/v1/other');
  await expect(ask('https://evil.example/v1/other')).rejects.toThrow('Not bound.');
  expect(left.map(({ url, origin }) => [url, origin])).toEqual([
    ['https://api.anthropic.com/v1/other', 'https://api.anthropic.com'],
    ['https://evil.example/v1/other', 'https://api.anthropic.com'],
  ]);
});

test('a provisioning file cannot turn a connection to another dialect', async () => {
  const wish = { name: 'gw', preset: 'openai-compatible', baseUrl: 'https://gw.example.com/v1', ...key };
  await keepConnection(ctx, newConnectionSchema.parse(wish));
  await keepConnection(ctx, newConnectionSchema.parse({ ...wish, dialect: 'openai' }));
  const turned = newConnectionSchema.parse({ ...wish, dialect: 'inline' });
  await expect(keepConnection(ctx, turned)).rejects.toThrow('speaks the openai dialect');
});
