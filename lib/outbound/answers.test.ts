import type { RequestListener } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { createOutbound } from './create-outbound.ts';
import type { Outbound, OutboundRequest } from './outbound.ts';
import { envAllowing, type LocalServer, localServer } from './outbound-kit.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function pair(listener: RequestListener): Promise<{ server: LocalServer; outbound: Outbound }> {
  const server = await localServer(listener);
  const outbound = createOutbound(envAllowing(`127.0.0.1/32:${server.port}`));
  open.push(server, outbound);
  return { server, outbound };
}

function to(server: LocalServer, more: Partial<OutboundRequest> = {}): OutboundRequest {
  return { url: `${server.origin}/v1/batches`, origin: server.origin, method: 'GET', headers: {}, ...more };
}

test('an allowed gateway gets the request as it is and its answer comes back', async () => {
  const seen: unknown[] = [];
  const { server, outbound } = await pair((request, response) => {
    const { host, authorization, 'accept-encoding': encoding } = request.headers;
    seen.push({ host, authorization, encoding, url: request.url });
    response.setHeader('set-cookie', ['a=1', 'b=2']);
    response.writeHead(201, { 'content-type': 'application/json' }).end('{"id":"batch_1"}');
  });
  const url = `${server.origin}/v1/batches?limit=1`;
  const response = await outbound.request(to(server, { url, headers: { authorization: 'Bearer sk-1' } }));
  expect(response.status).toBe(201);
  expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  expect(await response.json()).toEqual({ id: 'batch_1' });
  expect(seen).toEqual([
    {
      host: `127.0.0.1:${server.port}`,
      authorization: 'Bearer sk-1',
      encoding: 'identity',
      url: '/v1/batches?limit=1',
    },
  ]);
});

test('an error status is an answer, not a failure', async () => {
  const { server, outbound } = await pair((_, response) => response.writeHead(401).end('{"error":{}}'));
  const response = await outbound.request(to(server));
  expect([response.status, await response.text()]).toEqual([401, '{"error":{}}']);
});

test('a body is streamed: the other side reads its beginning before its end is made', async () => {
  let arrived = 0;
  const { server, outbound } = await pair((request, response) => {
    request.on('data', (chunk: Buffer) => {
      arrived += chunk.length;
    });
    request.on('end', () => response.end(String(arrived)));
  });
  const chunk = new Uint8Array(64 * 1024).fill(65);
  let seenHalfway = 0;
  async function* body() {
    for (let i = 0; i < 1_024; i++) {
      if (i === 512) seenHalfway = arrived;
      yield chunk;
    }
  }
  const response = await outbound.request(to(server, { method: 'POST', body: body() }));
  expect(await response.text()).toBe(String(64 * 1024 * 1024));
  expect(seenHalfway).toBeGreaterThan(16 * 1024 * 1024);
});

test('a long answer is streamed and can be dropped in the middle', async () => {
  let written = 0;
  const { server, outbound } = await pair((_, response) => {
    const more = () => {
      while (!response.destroyed && written < 256 * 1024 * 1024) {
        written += 65_536;
        if (!response.write(Buffer.alloc(65_536, 66))) return void response.once('drain', more);
      }
      response.end();
    };
    more();
  });
  const response = await outbound.request(to(server));
  const reader = response.body?.getReader();
  expect((await reader?.read())?.value?.[0]).toBe(66);
  await reader?.cancel();
  expect(written).toBeLessThan(64 * 1024 * 1024);
});

test.each([300, 301, 302, 303, 304, 307, 308])(
  'a %i is not followed and the other server sees nothing',
  async (status) => {
    const other = await localServer((_, response) => response.end());
    open.push(other);
    const server = await localServer((_, response) =>
      response.writeHead(status, { location: other.origin }).end(),
    );
    const outbound = createOutbound(envAllowing('127.0.0.1/32:*'));
    open.push(server, outbound);
    const asked = outbound.request(
      to(server, { method: 'POST', body: '{}', headers: { 'x-api-key': 'sk-1' } }),
    );
    await expect(asked).rejects.toMatchObject({ name: 'Unreached', why: 'redirect', sent: true });
    expect(other.requests).toEqual([]);
    expect(server.requests).toHaveLength(1);
  },
);

test('a misdirected answer does not make the request go out twice', async () => {
  const { server, outbound } = await pair((_, response) => response.writeHead(421).end());
  const response = await outbound.request(to(server, { method: 'POST', body: '{}' }));
  expect(response.status).toBe(421);
  expect(server.requests).toEqual(['POST /v1/batches']);
});

test.each(['gzip', 'br', 'identity, gzip'])('an answer encoded as %s is refused', async (encoding) => {
  const { server, outbound } = await pair((_, response) =>
    response.writeHead(200, { 'content-encoding': encoding }).end('xx'),
  );
  await expect(outbound.request(to(server))).rejects.toMatchObject({ why: 'encoded', sent: true });
});

test('headers beyond measure end the call', async () => {
  const { server, outbound } = await pair((_, response) => {
    for (let i = 0; i < 40; i++) response.setHeader(`x-${i}`, 'a'.repeat(1_000));
    response.end();
  });
  await expect(outbound.request(to(server))).rejects.toMatchObject({ name: 'Unreached', sent: true });
});

test('a closed port says that nothing was sent', async () => {
  const { server, outbound } = await pair(() => {});
  await server.close();
  const asked = outbound.request(to(server, { method: 'POST', body: '{}' }));
  await expect(asked).rejects.toMatchObject({ why: 'refused', sent: false });
});

test('a secure call to a plain port says that nothing was sent', async () => {
  const { server, outbound } = await pair((_, response) => response.end());
  const origin = server.origin.replace('http:', 'https:');
  const asked = outbound.request(to(server, { url: `${origin}/`, origin }));
  await expect(asked).rejects.toMatchObject({ why: 'tls', sent: false });
  expect(server.requests).toEqual([]);
});

test('a connection cut after the request has left says that it may have arrived', async () => {
  const { server, outbound } = await pair((request) => request.socket.destroy());
  const asked = outbound.request(to(server, { method: 'POST', body: '{}' }));
  await expect(asked).rejects.toMatchObject({ why: 'reset', sent: true });
  expect(server.requests).toHaveLength(1);
});

test('an answer cut in the middle of its body fails while it is read', async () => {
  const { server, outbound } = await pair((_, response) => {
    response.writeHead(200, { 'content-length': '100' });
    response.write('half', () => response.destroy());
  });
  const response = await outbound.request(to(server));
  await expect(response.text()).rejects.toMatchObject({ name: 'Unreached', why: 'reset', sent: true });
});

test('an answer that does not begin in time says that the request may have arrived', async () => {
  const { server, outbound } = await pair(() => {});
  const asked = outbound.request(to(server, { method: 'POST', body: '{}', headersTimeoutMs: 300 }));
  await expect(asked).rejects.toMatchObject({ why: 'timeout', sent: true });
});

test('a call stopped from our side says so', async () => {
  const { server, outbound } = await pair(() => {});
  const stop = new AbortController();
  const asked = outbound.request(to(server, { signal: stop.signal }));
  setTimeout(() => stop.abort(), 100);
  await expect(asked).rejects.toMatchObject({ why: 'stopped', sent: true });
  const late = outbound.request(to(server, { signal: AbortSignal.abort() }));
  await expect(late).rejects.toMatchObject({ why: 'stopped', sent: false });
});

test('a body that fails while it is read ends the call', async () => {
  const { server, outbound } = await pair((request) => request.resume());
  async function* body() {
    yield new Uint8Array(10);
    throw new Error('the file is gone');
  }
  const asked = outbound.request(to(server, { method: 'POST', body: body() }));
  await expect(asked).rejects.toMatchObject({ name: 'Unreached', sent: true });
});

test('a header that could smuggle another never leaves', async () => {
  const { server, outbound } = await pair((_, response) => response.end());
  const asked = outbound.request(to(server, { headers: { 'x-a': 'b\r\nx-c: d' } }));
  await expect(asked).rejects.toMatchObject({ name: 'Unreached', sent: false });
  expect(server.requests).toEqual([]);
});
