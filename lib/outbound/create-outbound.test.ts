import type { RequestListener } from 'node:http';
import type { Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import type { Resolve } from './connect.ts';
import { createOutbound } from './create-outbound.ts';
import { type Outbound, type OutboundRequest, Unreached } from './outbound.ts';
import { envAllowing, type LocalServer, localServer, localTcp } from './outbound-kit.ts';

const canary = 'sk-canary-0123456789abcdef';
const closing: (() => Promise<unknown> | unknown)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

test('every request has a connection of its own', async () => {
  const used = new Set<Socket>();
  const { origin, port } = await serve((request, response) => {
    used.add(request.socket);
    response.end('ok');
  });
  const outbound = door(`127.0.0.1/32:${port}`);
  for (let i = 0; i < 3; i++) await (await ask(outbound, origin)).text();
  expect(used.size).toBe(3);
});

test('silence at each stage ends in time and says what was sent', async () => {
  const silent = await serveTcp(() => {});
  const slow = await serve((_, response) => void response.writeHead(200).write('one'));
  const allow = `127.0.0.1/32:${silent.port},127.0.0.1/32:${slow.port}`;
  const times = { connectMs: 300, headersMs: 300, bodyMs: 300 };
  const outbound = door(allow, { times });
  const handshake = failure(ask(outbound, `https://127.0.0.1:${silent.port}`));
  expect(await handshake).toMatchObject({ why: 'timeout', sent: false });
  expect(await failure(ask(outbound, silent.origin))).toMatchObject({ why: 'timeout', sent: true });
  const answer = await ask(outbound, slow.origin);
  expect(await failure(answer.text())).toMatchObject({ why: 'timeout', sent: true });
  const lost = door(allow, { times, resolve: () => {} });
  expect(await failure(ask(lost, 'https://gw.example.com'))).toMatchObject({ why: 'timeout', sent: false });
});

test('a call may be given longer for its answer', async () => {
  const { origin, port } = await serve((_, response) => void setTimeout(() => response.end('late'), 900));
  const outbound = door(`127.0.0.1/32:${port}`, { times: { headersMs: 100 } });
  const answer = await ask(outbound, origin, { headersTimeoutMs: 10_000 });
  expect(await answer.text()).toBe('late');
});

test('a stopped call and a closed door say that it was us', async () => {
  const { origin, port } = await serve((request, response) => {
    if (request.url === '/body') response.writeHead(200).write('half');
  });
  const outbound = door(`127.0.0.1/32:${port}`);
  const signal = AbortSignal.timeout(100);
  expect(await failure(ask(outbound, origin, { signal }))).toMatchObject({ why: 'stopped', sent: true });
  expect(await failure(ask(outbound, origin, { signal }))).toMatchObject({ why: 'stopped', sent: false });
  const undecided: Resolve = (_, done) =>
    void setTimeout(() => done(null, [{ address: '127.0.0.1', family: 4 }]), 300);
  const early = ask(door(`127.0.0.1/32:${port}`, { resolve: undecided }), `http://gw.example.com:${port}`, {
    signal: AbortSignal.timeout(100),
  });
  expect(await failure(early)).toMatchObject({ why: 'stopped', sent: false });
  const half = await ask(outbound, origin, { url: `${origin}/body` });
  const waiting = failure(ask(outbound, origin));
  await new Promise((resolve) => setTimeout(resolve, 100));
  await outbound.close();
  expect(await waiting).toMatchObject({ why: 'stopped', sent: true });
  expect(await failure(half.text())).toBeInstanceOf(Unreached);
  expect(await failure(ask(outbound, origin))).toMatchObject({ why: 'stopped', sent: false });
});

test('an answer cut in the middle is an error and never a short answer', async () => {
  const { origin, port } = await serve((request, response) => {
    if (request.url === '/length') response.writeHead(200, { 'content-length': '100' });
    response.write('only this');
    setTimeout(() => request.socket.destroy(), 50);
  });
  const outbound = door(`127.0.0.1/32:${port}`);
  for (const path of ['/length', '/chunked']) {
    const answer = await ask(outbound, origin, { url: `${origin}${path}` });
    expect(await failure(answer.text())).toMatchObject({ why: 'reset', sent: true });
  }
});

test('a body that breaks while it is made ends the call, and the other side sees no whole request', async () => {
  let whole = false;
  const { origin, port } = await serve((request, response) => {
    request.resume().on('end', () => {
      whole = true;
      response.end();
    });
  });
  async function* body() {
    yield Buffer.from('some');
    throw new Error('The disk is gone.');
  }
  const error = await failure(ask(door(`127.0.0.1/32:${port}`), origin, { method: 'POST', body: body() }));
  expect(error.sent).toBe(true);
  expect(whole).toBe(false);
});

test('a large body and a large answer pass without being held', async () => {
  const chunk = Buffer.alloc(1 << 20, 'x');
  let bytes = 0;
  const { origin, port } = await serve((request, response) => {
    request.on('data', (data: Buffer) => {
      bytes += data.length;
    });
    request.on('end', () => response.end('ok'));
  });
  async function* body() {
    for (let i = 0; i < 200; i++) yield chunk;
  }
  const before = process.memoryUsage().rss;
  const answer = await ask(door(`127.0.0.1/32:${port}`), origin, { method: 'POST', body: body() });
  expect([await answer.text(), bytes]).toEqual(['ok', 200 << 20]);
  expect(process.memoryUsage().rss - before).toBeLessThan(100 << 20);
});

test('headers that cannot travel are refused without being repeated', async () => {
  const { origin, port, requests } = await serve((_, response) => response.end());
  const outbound = door(`127.0.0.1/32:${port}`);
  for (const headers of [
    { authorization: `${canary}\r\nx-evil: 1` },
    { authorization: `${canary}\u20ac` },
    { 'bad name': canary },
    { Host: 'evil.example' },
    { 'Transfer-Encoding': 'chunked' },
  ] as Record<string, string>[]) {
    const error = await failure(ask(outbound, origin, { headers }));
    expect(error).toMatchObject({ why: 'blocked', sent: false });
    expect(error.message).not.toContain(canary);
  }
  expect(requests).toEqual([]);
});

async function failure(promise: Promise<unknown>): Promise<Unreached> {
  const error = await promise.then(
    () => new Error('It was answered.'),
    (thrown: unknown) => thrown,
  );
  if (error instanceof Unreached) return error;
  throw error;
}

async function serveTcp(listener: (socket: Socket) => void) {
  const server = await localTcp(listener);
  closing.push(server.close);
  return server;
}

async function serve(listener: RequestListener): Promise<LocalServer> {
  const server = await localServer(listener);
  closing.push(server.close);
  return server;
}

function door(allow: string, parts: Parameters<typeof createOutbound>[1] = {}): Outbound {
  const outbound = createOutbound(envAllowing(allow), parts);
  closing.push(() => outbound.close());
  return outbound;
}

function ask(outbound: Outbound, base: string, more: Partial<OutboundRequest> = {}): Promise<Response> {
  const origin = URL.canParse(base) ? new URL(base).origin : base;
  return outbound.request({ url: `${base}/v1/batches`, origin, method: 'GET', headers: {}, ...more });
}
