import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { createOutbound } from './create-outbound.ts';
import { type OutboundRequest, Unreached } from './outbound.ts';
import { envAllowing, localTcp } from './outbound-kit.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const times = { connectMs: 1_000, headersMs: 500, bodyMs: 500 };
const sizes = { smallBytes: 100_000, longBytes: 1_000_000, paceBytes: 1_000 };

/** Asks a server that writes what a script tells it, and reads the answer to its end. */
async function told(
  script: (socket: Socket) => void,
  more: Partial<OutboundRequest> = {},
  bodyMs = times.bodyMs,
): Promise<string | Unreached> {
  const server = await localTcp((socket) => socket.once('data', () => script(socket)));
  const parts = { times: { ...times, bodyMs }, sizes };
  const outbound = createOutbound(envAllowing(`127.0.0.1/32:${server.port}`), parts);
  closing.push(server.close, outbound.close);
  const { origin } = server;
  try {
    const asked = { url: `${origin}/v1/batches`, origin, method: 'GET', headers: {}, ...more } as const;
    const answer = await outbound.request(asked);
    return await answer.text();
  } catch (error) {
    if (error instanceof Unreached) return error;
    throw error;
  }
}

const ok = 'HTTP/1.1 200 OK\r\n';
const every = (socket: Socket, ms: number, text: string) => {
  const timer = setInterval(() => socket.write(text), ms);
  socket.on('close', () => clearInterval(timer));
};

test('headers that come letter by letter do not hold a call', async () => {
  const answer = await told((socket) => {
    socket.write(ok);
    every(socket, 50, 'x-a: b\r\n');
  });
  expect(answer).toMatchObject({ why: 'timeout', sent: true });
});

test('nor do interim answers without end', async () => {
  const answer = await told((socket) => every(socket, 50, 'HTTP/1.1 103 Early Hints\r\n\r\n'));
  expect(answer).toMatchObject({ why: 'timeout', sent: true });
});

test('a few interim answers are let pass', async () => {
  const early = 'HTTP/1.1 103 Early Hints\r\n\r\n';
  const answer = await told((socket) => {
    socket.end(`${early}${early}${ok}content-length: 2\r\n\r\nok`);
  });
  expect(answer).toBe('ok');
});

test.each([
  ['a long answer', {}],
  ['a small one', { small: true }],
])('a byte now and then is no progress: %s', async (_, more) => {
  const answer = await told((socket) => {
    socket.write(`${ok}content-length: 5000\r\n\r\n`);
    every(socket, 50, 'x');
  }, more);
  expect(answer).toMatchObject({ why: 'timeout', sent: true });
});

test('chunk extensions without end are none either', async () => {
  const answer = await told((socket) => {
    socket.write(`${ok}transfer-encoding: chunked\r\n\r\n1;a=`);
    every(socket, 50, 'x');
  });
  expect(answer).toMatchObject({ why: 'timeout', sent: true });
});

const steadily = (socket: Socket) => {
  let left = 12;
  socket.write(`${ok}content-length: 6000\r\n\r\n`);
  const timer = setInterval(() => {
    socket.write('x'.repeat(500));
    if (--left === 0) clearInterval(timer);
  }, 200);
};

test('a long answer may take its time while it moves, a small one has all its time at once', async () => {
  expect(await told(steadily, {}, 2_000)).toHaveLength(6_000);
  expect(await told(steadily, { small: true }, 2_000)).toMatchObject({ why: 'timeout', sent: true });
});

test('time we take ourselves to read an answer is not the time of the other side', async () => {
  const server = await localTcp((socket) =>
    socket.once('data', () => socket.write(`${ok}content-length: 900000\r\n\r\n${'x'.repeat(900_000)}`)),
  );
  const outbound = createOutbound(envAllowing('127.0.0.1/32:*'), { times, sizes });
  closing.push(server.close, outbound.close);
  const { origin } = server;
  const answer = await outbound.request({ url: `${origin}/`, origin, method: 'GET', headers: {} });
  let bytes = 0;
  for await (const chunk of answer.body ?? []) {
    if (bytes === 0) await new Promise((resolve) => setTimeout(resolve, 1_200));
    bytes += chunk.length;
  }
  expect(bytes).toBe(900_000);
});

const endless = (socket: Socket) => {
  socket.write(`${ok}content-type: application/json\r\n\r\n`);
  const more = () => {
    while (!socket.destroyed) if (!socket.write('x'.repeat(10_000))) return void socket.once('drain', more);
  };
  more();
};

test.each([
  ['a create', { method: 'POST', body: '{}' }],
  ['a GET that is read whole', { small: true }],
  ['any GET', {}],
] as const)('an answer without end is cut off: %s', async (_, more) => {
  expect(await told(endless, more)).toMatchObject({ why: 'too_large', sent: true });
});

test('an answer that announces too much is not begun, and an error may not be long', async () => {
  const big = (status: string) => (socket: Socket) =>
    void socket.write(`HTTP/1.1 ${status}\r\ncontent-length: 500000\r\n\r\n`);
  expect(await told(big('200 OK'), { small: true })).toMatchObject({ why: 'too_large' });
  expect(await told(big('400 Bad Request'))).toMatchObject({ why: 'too_large' });
});

test.each([
  ['one header', () => `x-a: ${'a'.repeat(1_000_000)}\r\n\r\n`],
  ['many headers', () => `${'x-a: bbbbbbbbbb\r\n'.repeat(60_000)}\r\n`],
])('a megabyte of headers is cut off: %s', async (_, headers) => {
  const answer = await told((socket) => void socket.write(`${ok}${headers()}`));
  expect(answer).toMatchObject({ why: 'too_large', sent: true });
});

test('and so is one of trailers', async () => {
  const answer = await told((socket) => {
    socket.write(
      `${ok}transfer-encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n${'x-a: bbb\r\n'.repeat(100_000)}\r\n`,
    );
  });
  expect(answer).toMatchObject({ name: 'Unreached', sent: true });
});

test('a compressed answer is refused before a byte of it is blown up', async () => {
  const bomb = gzipSync(Buffer.alloc(64 * 1024 ** 2));
  const before = process.memoryUsage().rss;
  for (const encoding of ['gzip', 'deflate', 'br', 'zstd', Array(1_000).fill('gzip').join(', ')]) {
    const answer = await told((socket) => {
      socket.write(`${ok}content-encoding: ${encoding}\r\ncontent-length: ${bomb.length}\r\n\r\n`);
      socket.write(bomb);
    });
    expect(answer, encoding.slice(0, 20)).toMatchObject({ why: 'encoded', sent: true });
  }
  expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 ** 2);
});

test('what does not say that it is compressed is passed on as the bytes it is', async () => {
  const bytes = gzipSync(Buffer.alloc(1_000_000));
  const answer = await told((socket) => {
    socket.write(`${ok}content-length: ${bytes.length}\r\n\r\n`);
    socket.write(bytes);
  });
  expect(answer).toHaveLength(bytes.toString('utf8').length);
});

test('header values beyond ASCII end no call', async () => {
  const answer = await told((socket) => socket.end(`${ok}x-a: é漢\r\ncontent-length: 2\r\n\r\nok`));
  expect(answer).toBe('ok');
});

test('a server that does not take the request is not waited for', async () => {
  async function* endlessBody() {
    for (let i = 0; i < 10_000; i++) yield Buffer.alloc(65_536, 'x');
  }
  const answer = await told((socket) => void socket.pause(), { method: 'POST', body: endlessBody() });
  expect(answer).toMatchObject({ why: 'timeout', sent: true });
});

test.each([
  ['https://other.example/x', 'to another host'],
  ['http://127.0.0.1:1/v1/batches', 'to another scheme or port of this host'],
  ['/v1/batches/', 'to another path of this host'],
  ['http://sk-canary-1234.example/', 'to another host'],
  ['', 'to another path of this host'],
  [null, 'to no address'],
])('a redirect to %s is told coarsely', async (location, words) => {
  const answer = await told((socket) => {
    socket.end(
      `HTTP/1.1 307 Temporary Redirect\r\n${location === null ? '' : `location: ${location}\r\n`}\r\n`,
    );
  });
  expect(answer).toMatchObject({ why: 'redirect', message: expect.stringContaining(words) });
  expect((answer as Unreached).message).not.toContain('canary');
});
