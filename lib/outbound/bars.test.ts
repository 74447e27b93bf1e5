import { gzipSync } from 'node:zlib';
import { Agent, request as plainRequest } from 'undici';
import { afterEach, expect, test } from 'vitest';
import { objectionTo } from './check-target.ts';
import type { Resolve } from './connect.ts';
import { createOutbound } from './create-outbound.ts';
import type { Outbound, OutboundRequest } from './outbound.ts';
import { envAllowing, type LocalServer, localServer, watchSockets } from './outbound-kit.ts';

/** Each bar is held by the way out we have, and by none of the ways that come to mind first. */
type Make = (allow: string, resolve?: Resolve) => Outbound;

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const ours: Make = (allow, resolve) => createOutbound(envAllowing(allow), { resolve });
const foundAt =
  (...addresses: string[]): Resolve =>
  (_, done) =>
    done(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );

/** Which sockets a call opens, whatever comes of it. */
async function socketsOf(outbound: Outbound, ...calls: Partial<OutboundRequest>[]): Promise<string[]> {
  const sockets = watchSockets();
  closing.push(sockets.stop);
  for (const call of calls) await answer(outbound, call).catch(() => undefined);
  sockets.stop();
  return sockets.tried;
}

function answer(outbound: Outbound, call: Partial<OutboundRequest>): Promise<Response> {
  const { origin } = new URL(call.url ?? '');
  return outbound.request({ url: '', origin, method: 'GET', headers: {}, ...call });
}

async function serve(listener: Parameters<typeof localServer>[0]): Promise<LocalServer> {
  const server = await localServer(listener);
  closing.push(server.close);
  return server;
}

const bars: Record<string, (make: Make) => Promise<void>> = {
  'no socket to a special address, however it is spelled': async (make) => {
    const literals = [
      '2130706433',
      '0x7f.1',
      '①②⑦.0.0.1',
      '[64:ff9b::a9fe:a9fe]',
      '[::ffff:a9fe:a9fe]',
      '[::]',
    ];
    const calls = literals.map((host) => ({ url: new URL(`https://${host}/v1`).href }));
    expect(await socketsOf(make(''), ...calls)).toEqual([]);
    const named = make('', foundAt('169.254.169.254'));
    expect(await socketsOf(named, { url: 'https://a9fea9fe.nip.io/v1' })).toEqual([]);
  },
  'the list opens a network and a port, and metadata never': async (make) => {
    const outbound = make('10.1.2.0/24:8080,169.254.0.0/16:*');
    const urls = ['10.1.2.3:8080', '10.1.2.3:22', '10.1.3.1:8080', '127.0.0.1:8080', '169.254.169.254:8080'];
    const calls = urls.map((host) => ({ url: `http://${host}/v1` }));
    expect(await socketsOf(outbound, ...calls)).toEqual(['10.1.2.3:8080']);
  },
  'of every call the connected address is one that passed': async (make) => {
    let asked = 0;
    const turns: Resolve = (_, done) => foundAt(++asked % 2 === 1 ? '8.8.8.8' : '10.0.0.1')('', done);
    const polls = Array.from({ length: 6 }, () => ({ url: 'https://re.example/v1' }));
    expect(new Set(await socketsOf(make('', turns), ...polls))).toEqual(new Set(['8.8.8.8:443']));
    const mixed = make('', foundAt('10.0.0.1', '8.8.4.4', '::1'));
    expect(await socketsOf(mixed, { url: 'https://mixed.example/v1' })).toEqual(['8.8.4.4:443']);
    const six = make('', foundAt('2606:4700::1111'));
    expect(await socketsOf(six, { url: 'https://six.example/v1' })).toEqual(['2606:4700::1111:443']);
  },
  'an id bends no path, and what a public provider names is public': async (make) => {
    const origin = 'https://8.8.8.8';
    const bent = { url: `${origin}/v1/files/../../admin/content`, origin };
    const elsewhere = { url: 'https://8.8.4.4/v1/batches', origin };
    expect(await socketsOf(make(''), bent, elsewhere)).toEqual([]);
    const named = { url: 'http://10.1.2.3:8080/results', namedBy: origin };
    expect(await socketsOf(make('10.1.2.0/24:8080'), named)).toEqual([]);
    const inside = { ...named, namedBy: 'http://10.1.2.9:8080' };
    expect(await socketsOf(make('10.1.2.0/24:8080'), inside)).toEqual(['10.1.2.3:8080']);
  },
  'a redirect is not followed and the other server gets nothing': async (make) => {
    const other = await serve((_, response) => response.end('{}'));
    for (const status of [301, 302, 303, 307, 308]) {
      const server = await serve((_, response) =>
        response.writeHead(status, { location: `${other.origin}/v1` }).end(),
      );
      const call = { url: `${server.origin}/v1`, method: 'POST', headers: { 'x-api-key': 'k' } } as const;
      await expect(answer(make('127.0.0.1/32:*'), call)).rejects.toMatchObject({ why: 'redirect' });
    }
    expect(other.requests).toEqual([]);
  },
  'a compressed answer is not blown up': async (make) => {
    const bomb = gzipSync(Buffer.alloc(150 * 1024 ** 2));
    const server = await serve((_, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb),
    );
    const read = answer(make('127.0.0.1/32:*'), { url: `${server.origin}/v1` }).then(
      async (got) => (await got.arrayBuffer()).byteLength,
    );
    await expect(read).rejects.toMatchObject({ why: 'encoded' });
  },
};

test.each(Object.entries(bars))('%s', async (_, bar) => {
  await bar((...given) => {
    const outbound = ours(...given);
    closing.push(outbound.close);
    return outbound;
  });
});

/** The text is judged, then a stock client resolves and connects. */
const judgingFirst: Make = (allow, resolve) => {
  const outbound = ours(allow, resolve);
  const agent = new Agent({
    connect: {
      lookup: (host, _, done) =>
        (resolve ?? foundAt('127.0.0.1'))(host, (error, found) => done(error as null, found)),
    },
  });
  closing.push(() => agent.destroy(), outbound.close);
  const send = async ({ url, method, headers }: OutboundRequest) => {
    if (objectionTo(url, { hasPort: () => true, has: () => false })) throw new Error('blocked');
    const got = await plainRequest(url, { dispatcher: agent, method, headers });
    return new Response(await got.body.text(), { status: got.statusCode });
  };
  return { request: send, close: () => agent.destroy() };
};

const stockFetch: Make = () => ({
  request: ({ url, method, headers }) => fetch(url, { method, headers }),
  close: async () => {},
});
const anyPort: Make = (allow) => ours(allow.replaceAll(/:\d+/g, ':*'));
const credulous: Make = (allow, resolve) => {
  const outbound = ours(allow, resolve);
  return { ...outbound, request: ({ namedBy: _, ...input }) => outbound.request(input) };
};
const tidying: Make = (allow, resolve) => {
  const outbound = ours(allow, resolve);
  return { ...outbound, request: (input) => outbound.request({ ...input, url: new URL(input.url).href }) };
};

test.each([
  ['no socket to a special address', 'judges the text alone', judgingFirst],
  ['the list opens a network and a port', 'takes a listed network for every port', anyPort],
  ['of every call the connected address', 'resolves a second time to connect', judgingFirst],
  ['an id bends no path', 'believes what a provider names', credulous],
  ['an id bends no path', 'tidies an address before it is judged', tidying],
  ['a redirect is not followed', 'follows redirects', stockFetch],
  ['a compressed answer is not blown up', 'decompresses', stockFetch],
] as const)('that %s is seen to break on a way out that %s', async (name, _, make) => {
  const [, bar] = Object.entries(bars).find(([title]) => title.startsWith(name)) ?? [];
  await expect(bar?.(make)).rejects.toThrow();
});
