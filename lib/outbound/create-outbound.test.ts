import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest';
import { testEnv } from '#lib/test-context';
import { createOutbound } from './create-outbound.ts';
import type { Outbound, OutboundRequest } from './outbound.ts';
import { spyOnSockets } from './socket-spy-kit.ts';

const canary = 'sk-canary-0123456789abcdef';
const sockets = spyOnSockets();
const closing: (() => Promise<unknown> | unknown)[] = [];

beforeEach(() => sockets.clear());
afterAll(() => sockets.restore());
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

test('an allowed gateway is called over http with its headers and without compression', async () => {
  let seen: Record<string, unknown> = {};
  const { origin, port } = await serve((request, response) => {
    seen = request.headers;
    response.end('{"ok":true}');
  });
  const answer = await ask(door(`127.0.0.1/32:${port}`), origin, { headers: { 'X-Api-Key': canary } });
  expect([answer.status, await answer.json()]).toEqual([200, { ok: true }]);
  expect(seen).toMatchObject({
    'x-api-key': canary,
    'accept-encoding': 'identity',
    'user-agent': 'batchdeck',
    connection: 'close',
  });
  expect(answer).toBeInstanceOf(Response);
  expect(sockets.opened()).toBe(1);
});

test('a body streams out while it is still being made', async () => {
  const arrived: string[] = [];
  const { origin, port } = await serve((request, response) => {
    request.on('data', (chunk: Buffer) => arrived.push(chunk.toString()));
    request.on('end', () => response.end('done'));
  });
  async function* body() {
    yield Buffer.from('first');
    await vi.waitFor(() => expect(arrived).toEqual(['first']));
    yield Buffer.from('second');
  }
  const answer = await ask(door(`127.0.0.1/32:${port}`), origin, { method: 'POST', body: body() });
  expect(await answer.text()).toBe('done');
  expect(arrived).toEqual(['first', 'second']);
});

async function serve(listener: RequestListener): Promise<{ origin: string; port: number; server: Server }> {
  const server = createServer({ keepAliveTimeout: 1_000 }, listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, port, server };
}

function door(allow: string, parts: Parameters<typeof createOutbound>[1] = {}): Outbound {
  const outbound = createOutbound(testEnv({ BATCHDECK_ALLOW_PRIVATE: allow }), parts);
  closing.push(() => outbound.close());
  return outbound;
}

function ask(outbound: Outbound, base: string, more: Partial<OutboundRequest> = {}): Promise<Response> {
  const origin = URL.canParse(base) ? new URL(base).origin : base;
  return outbound.request({ url: `${base}/v1/batches`, origin, method: 'GET', headers: {}, ...more });
}
