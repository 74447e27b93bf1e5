import { beforeEach, expect, test } from 'vitest';
import { createConnection } from '#lib/connections/create-connection';
import { updateConnection } from '#lib/connections/update-connection';
import type { Context } from '#lib/context';
import { receiveFile } from '#lib/files/receive-file';
import type { OutboundRequest } from '#lib/outbound/outbound';
import { testContext } from '#lib/test-context';
import { createBatch } from './create-batch.ts';
import { getBatch } from './get-batch.ts';
import { step } from './lifecycle-kit.ts';

let ctx: Context;
let left: OutboundRequest[];
beforeEach(async () => {
  left = [];
  const request = async (input: OutboundRequest) => {
    left.push(input);
    if (typeof input.body !== 'string') for await (const _ of input.body ?? []);
    const { pathname } = new URL(input.url);
    if (pathname.endsWith('/files')) return Response.json({ id: 'file-1', status: 'processed' });
    return Response.json({ id: 'batch_1', status: 'in_progress' });
  };
  ctx = await testContext({ outbound: { request, close: async () => {} } });
});

const gateway = {
  name: 'gw',
  preset: 'portkey',
  baseUrl: 'https://gw.example.com/v1',
  apiKey: 'sk-canary-4f9d2c7b1e8a6035',
  headers: { 'x-portkey-provider': 'openai', 'x-portkey-config': 'pc-research' },
};
const line =
  '{"custom_id":"a","method":"POST","url":"/v1/chat/completions","body":{"model":"m","messages":[]}}\n';

async function batchOn(connection: string, headers?: Record<string, string>): Promise<string> {
  const body = (async function* () {
    yield Buffer.from(line);
  })();
  const file = await receiveFile(ctx, { name: 'a.jsonl', body, contentLength: null, sha256: null });
  return (await createBatch(ctx, { fileId: file.id, connection, name: 'Routed', headers })).id;
}

test('where a gateway sends a batch is part of its record, and stays when the connection is told otherwise', async () => {
  const { id: connection } = await createConnection(ctx, gateway);
  const id = await batchOn(connection);
  expect((await getBatch(ctx, id)).headers).toEqual({ 'x-portkey-provider': 'openai' });
  await step(ctx);
  await updateConnection(ctx, connection, { headers: { 'x-portkey-provider': 'bedrock' } });
  await step(ctx);
  expect(left.map(({ method }) => method)).toEqual(['POST', 'POST', 'GET']);
  for (const { headers } of left) {
    expect(headers).toMatchObject({ 'x-portkey-provider': 'openai', 'x-portkey-config': 'pc-research' });
  }
});

test('a batch names another provider behind the gateway for itself alone', async () => {
  const { id: connection } = await createConnection(ctx, gateway);
  const id = await batchOn(connection, { 'x-portkey-provider': 'vertex-ai' });
  expect((await getBatch(ctx, id)).headers).toEqual({ 'x-portkey-provider': 'vertex-ai' });
  await step(ctx);
  expect(left[0]?.headers).toMatchObject({ 'x-portkey-provider': 'vertex-ai' });
});

test('a preset that was told another dialect takes the headers of that dialect', async () => {
  const wish = { ...gateway, preset: 'inline-compatible', dialect: 'openai' as const, headers: {} };
  const { id: connection } = await createConnection(ctx, wish);
  const id = await batchOn(connection, { 'openai-project': 'proj_1' });
  expect((await getBatch(ctx, id)).headers).toEqual({ 'openai-project': 'proj_1' });
  await expect(batchOn(connection, { 'x-org': 'secret' })).rejects.toMatchObject({ code: 'invalid' });
});
