import { expect, test, vi } from 'vitest';
import type { Context } from '#lib/context';
import type { OutboundRequest } from '#lib/outbound/outbound';
import type { SandboxRequest } from '#lib/sandbox/sandbox';
import { testContext } from '#lib/test-context';
import { createConnection } from './create-connection.ts';
import { reachConnection } from './reach-connection.ts';

vi.mock('#lib/providers/registry', () => ({ providerFor: () => ({}) }));

const key = 'sk-canary-0123456789abcdef';

async function gateway(change: { dialect?: string; base_url?: string } = {}) {
  const asked: OutboundRequest[] = [];
  const request = async (input: OutboundRequest) => {
    asked.push(input);
    return new Response('{}');
  };
  const ctx = await testContext({ outbound: { request, close: async () => {} } });
  const wish = { name: 'gw', preset: 'inline-compatible', baseUrl: 'https://gw.example.com/v1', apiKey: key };
  const { id } = await createConnection(ctx, wish);
  await ctx.db
    .updateTable('connections')
    .set({ headers: JSON.stringify({ 'x-route': { plain: 'openai' } }), ...change })
    .execute();
  return { asked, ctx, id };
}

test('a path goes on from the base of its dialect', async () => {
  for (const [change, url] of [
    [{}, 'https://gw.example.com/v1/batches'],
    [{ dialect: 'anthropic', base_url: 'https://gw.example.com' }, 'https://gw.example.com/v1/batches'],
  ] as const) {
    const { asked, ctx, id } = await gateway(change);
    await (await reachConnection(ctx, id)).fetch('/batches', { method: 'GET' });
    expect(asked).toMatchObject([{ url, headers: { authorization: `Bearer ${key}` } }]);
  }
});

test('headers of the batch stand in the place of those of the connection, but never of its key', async () => {
  const { asked, ctx, id } = await gateway();
  const own = { 'x-route': 'bedrock', authorization: 'Bearer stolen' };
  const { fetch } = await reachConnection(ctx, id, own);
  await fetch('/batches', { method: 'GET', headers: { accept: 'application/json' } });
  expect(asked[0]?.headers).toEqual({
    accept: 'application/json',
    'x-route': 'bedrock',
    authorization: `Bearer ${key}`,
  });
});

test('an address that a provider named gets the key on its own origin, and a bare one nothing', async () => {
  const { asked, ctx, id } = await gateway();
  const { fetch } = await reachConnection(ctx, id, { 'x-route': 'bedrock' });
  const named = 'https://gw.example.com/v1/results/1';
  await fetch(named, { method: 'GET', named: true });
  await fetch('https://elsewhere.example.com/r', { method: 'GET', bare: true });
  expect(asked[0]).toMatchObject({ url: named, origin: 'https://gw.example.com' });
  expect(asked[0]?.headers).toHaveProperty('authorization');
  expect(asked[1]).toMatchObject({ origin: 'https://elsewhere.example.com', headers: {} });
});

test('the built-in provider hears the headers of its connection and of the batch', async () => {
  const asked: SandboxRequest[] = [];
  const sandbox: Context['sandbox'] = {
    async fetch(request) {
      asked.push(request);
      return new Response('{}');
    },
  };
  const ctx = await testContext({ sandbox });
  const { id } = await createConnection(ctx, { name: 'box', preset: 'sandbox' });
  await ctx.db
    .updateTable('connections')
    .set({ headers: JSON.stringify({ 'x-faults': { plain: 'none' } }) })
    .execute();
  const { fetch } = await reachConnection(ctx, id, { 'x-faults': 'delay' });
  await fetch('/batches', { method: 'GET' });
  await fetch('http://sandbox/sandbox/v1/results?id=1', { method: 'GET', bare: true });
  expect(asked.map(({ path, headers }) => [path, headers.get('x-faults')])).toEqual([
    ['/v1/batches', 'delay'],
    ['/v1/results?id=1', null],
  ]);
  expect(asked.map(({ caller }) => caller)).toEqual([id, id]);
});

test('the name of a provider in a sealed header leaves answers as they are', async () => {
  const answer = '{"id":"batch-openai-1","model":"openai/gpt-4o-mini"}';
  const request = async () => new Response(answer);
  const ctx = await testContext({ outbound: { request, close: async () => {} } });
  const wish = { name: 'gw', preset: 'openai-compatible', baseUrl: 'https://gw.example.com/v1', apiKey: key };
  const { id } = await createConnection(ctx, { ...wish, headers: { 'x-provider': 'openai' } });
  const { fetch } = await reachConnection(ctx, id);
  expect(await (await fetch('/batches/1', { method: 'GET' })).text()).toBe(answer);
});

test('a key inside a sealed header is hidden also where it is repeated without its scheme', async () => {
  const request = async () =>
    new Response('{"error":{"message":"no such key: 7Qz4f9d2c7b"}}', { status: 401 });
  const ctx = await testContext({ outbound: { request, close: async () => {} } });
  const headers = { authorization: 'Bearer 7Qz4f9d2c7b' };
  const wish = { name: 'gw', preset: 'openai-compatible', baseUrl: 'https://gw.example.com/v1', headers };
  const { id } = await createConnection(ctx, wish);
  const { fetch } = await reachConnection(ctx, id);
  expect(await (await fetch('/batches', { method: 'GET' })).text()).toContain('no such key: [key]');
});
