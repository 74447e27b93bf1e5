import { beforeEach, expect, test } from 'vitest';
import type { Context } from '#lib/context';
import { connectionChangeSchema, newConnectionSchema } from '#lib/model/connection.schema';
import type { OutboundRequest } from '#lib/outbound/outbound';
import type { SandboxRequest } from '#lib/sandbox/sandbox';
import { testContext } from '#lib/test-context';
import { createConnection } from './create-connection.ts';
import { reachConnection } from './reach-connection.ts';
import { updateConnection } from './update-connection.ts';

let ctx: Context;
let left: OutboundRequest[];
let inside: SandboxRequest[];
beforeEach(async () => {
  left = [];
  inside = [];
  ctx = await testContext({
    outbound: {
      request: async (request) => {
        left.push(request);
        return new Response('{}');
      },
      close: async () => {},
    },
    sandbox: {
      fetch: async (request) => {
        inside.push(request);
        return new Response('{}');
      },
    },
  });
});

const gateway = newConnectionSchema.parse({
  name: 'gw',
  preset: 'portkey',
  baseUrl: 'https://gw.example.com/v1',
  apiKey: 'sk-canary-4f9d2c7b1e8a6035',
  headers: { 'x-portkey-provider': 'openai', 'x-org': 'org-secret-123456' },
});

test('a header the preset calls public is shown in full, any other sealed and masked', async () => {
  const made = await createConnection(ctx, gateway);
  expect(made.headers).toEqual({ 'x-portkey-provider': 'openai', 'x-org': '••••3456' });
  const { headers } = await ctx.db.selectFrom('connections').select('headers').executeTakeFirstOrThrow();
  expect(headers).not.toContain('org-secret');
});

test('one header is changed or taken away, and the others stay', async () => {
  const { id } = await createConnection(ctx, gateway);
  const change = connectionChangeSchema.parse({ headers: { 'x-portkey-provider': 'bedrock' } });
  expect((await updateConnection(ctx, id, change)).headers).toEqual({
    'x-portkey-provider': 'bedrock',
    'x-org': '••••3456',
  });
  const { headers } = await updateConnection(ctx, id, { headers: { 'x-org': null, 'x-new': 'n' } });
  expect(headers).toEqual({ 'x-portkey-provider': 'bedrock', 'x-new': '••••' });
  left = [];
  const { baseUrl, apiKey } = { baseUrl: 'https://gw2.example.com/v1', apiKey: 'sk-other-0123456789' };
  const moved = updateConnection(ctx, id, { baseUrl, apiKey });
  await expect(moved).rejects.toMatchObject({ details: { field: 'headers' } });
  await updateConnection(ctx, id, { baseUrl, apiKey, headers: { 'x-new': null } });
  expect(left).toEqual([]);
});

test('a sandbox speaks the dialect it is told and misbehaves as it is asked', async () => {
  const slow = newConnectionSchema.parse({
    name: 'slow',
    preset: 'sandbox',
    dialect: 'inline',
    headers: { 'x-sandbox-faults': 'busy' },
  });
  const made = await createConnection(ctx, slow);
  expect(made).toMatchObject({ dialect: 'inline', headers: { 'x-sandbox-faults': 'busy' } });
  const { fetch } = await reachConnection(ctx, made.id);
  await fetch('/batches', { method: 'GET', headers: { accept: 'application/json' } });
  expect(inside[0]).toMatchObject({ method: 'GET', path: '/v1/batches' });
  expect(Object.fromEntries(inside[0]?.headers ?? [])).toEqual({
    accept: 'application/json',
    'x-sandbox-faults': 'busy',
  });
  const off = await updateConnection(ctx, made.id, { headers: { 'x-sandbox-faults': null } });
  expect(off.headers).toEqual({});
  const messages = await createConnection(ctx, { name: 'm', preset: 'sandbox', dialect: 'anthropic' });
  expect(messages).toMatchObject({ dialect: 'anthropic', keyHeader: 'x-api-key' });
});

test('a misbehavior nobody knows is refused in words, and so is a secret of the sandbox', async () => {
  const made = (headers: Record<string, string>) =>
    createConnection(ctx, { name: 's', preset: 'sandbox', headers });
  await expect(made({ 'x-sandbox-faults': 'teapot' })).rejects.toThrow(/no faults named “teapot”.*busy/);
  await expect(made({ 'x-org': 'org-secret-123456' })).rejects.toMatchObject({
    details: { field: 'headers' },
  });
});

test('a preset with one dialect speaks no other', async () => {
  const wish = newConnectionSchema.parse({
    name: 'a',
    preset: 'infron',
    dialect: 'openai',
    apiKey: 'sk-0123456789',
  });
  await expect(createConnection(ctx, wish)).rejects.toMatchObject({ details: { field: 'dialect' } });
});

test('an id pattern must be one', () => {
  const limits = (customIdPattern: string) =>
    connectionChangeSchema.safeParse({ limits: { customIdPattern } });
  expect(limits('^[a-z]{1,64}$').success).toBe(true);
  expect(limits('([a-z').success).toBe(false);
});
