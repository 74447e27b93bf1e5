import { afterEach, beforeEach, expect, test } from 'vitest';
import { createOutbound } from './create-outbound.ts';
import { Unreached } from './outbound.ts';
import { envAllowing, watchSockets } from './outbound-kit.ts';

let sockets: ReturnType<typeof watchSockets>;
beforeEach(() => {
  sockets = watchSockets();
});
afterEach(() => sockets.stop());

async function ask(url: string, allow = '', names: Record<string, string[]> = {}): Promise<Unreached> {
  const outbound = createOutbound(envAllowing(allow), {
    resolve: (host, done) => {
      const found = names[host] ?? [];
      if (found.length === 0) return done(Object.assign(new Error('no'), { code: 'ENOTFOUND' }), []);
      done(
        null,
        found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      );
    },
  });
  try {
    const { origin } = URL.canParse(url) ? new URL(url) : { origin: 'https://x.example' };
    await outbound.request({ url, origin, method: 'GET', headers: { authorization: 'Bearer sk-canary' } });
  } catch (error) {
    if (error instanceof Unreached) return error;
    throw error;
  } finally {
    await outbound.close();
  }
  throw new Error('it was answered');
}

const names = {
  '127.0.0.1.nip.io': ['127.0.0.1'],
  'a9fea9fe.nip.io': ['169.254.169.254'],
  'six.example': ['fd00:ec2::254'],
  'mapped.example': ['::ffff:10.0.0.1'],
  'nat64.example': ['64:ff9b::a9fe:a9fe'],
  localhost: ['127.0.0.1', '::1'],
};

test.each([
  'https://2130706433/v1',
  'https://0177.0.0.1/v1',
  'https://0x7f.1/v1',
  'https://127.1/v1',
  'https://①②⑦.0.0.1/v1',
  'https://127.0.0.1./v1',
  'https://[::ffff:169.254.169.254]/v1',
  'https://[::ffff:a9fe:a9fe]/v1',
  'https://[::ffff:8.8.8.8]/v1',
  'https://[64:ff9b::a9fe:a9fe]/v1',
  'https://[64:ff9b::7f00:1]/v1',
  'https://[64:ff9b:1::808:808]/v1',
  'https://[fd00:ec2::254]/v1',
  'https://[fd12::1]/v1',
  'https://[fe80::1]/v1',
  'https://[2002:7f00:1::]/v1',
  'https://[2001:0:7f00:1::]/v1',
  'https://[::1]/v1',
  'https://[::]/v1',
  'https://[::127.0.0.1]/v1',
  'https://[ff02::1]/v1',
  'https://[fec0::1]/v1',
  'https://[100::1]/v1',
  'https://[100:0:0:1::1]/v1',
  'https://[2001:db8::1]/v1',
  'https://[2001:4:112::1]/v1',
  'https://[2620:4f:8000::1]/v1',
  'https://[3fff::1]/v1',
  'https://[5f00::1]/v1',
  'https://[fd00:c1::a9fe:a9fe]/v1',
  'https://[fe80::1%25eth0]/v1',
  'https://0.0.0.0/v1',
  'https://0.1.2.3/v1',
  'https://10.0.0.1/v1',
  'https://100.64.0.1/v1',
  'https://100.100.100.200/v1',
  'https://168.63.129.16/v1',
  'https://169.254.169.254/v1',
  'https://172.31.255.255/v1',
  'https://192.168.1.1/v1',
  'https://192.0.0.9/v1',
  'https://192.0.2.1/v1',
  'https://192.31.196.1/v1',
  'https://192.52.193.1/v1',
  'https://192.88.99.1/v1',
  'https://192.175.48.1/v1',
  'https://198.18.0.1/v1',
  'https://198.51.100.1/v1',
  'https://203.0.113.1/v1',
  'https://224.0.0.1/v1',
  'https://255.255.255.255/v1',
  'https://metadata.google.internal/v1',
  'https://metadata.google.internal./v1',
  'https://METADATA.GOOGLE.INTERNAL/v1',
  'https://metadata.goog/v1',
  'https://instance-data.ec2.internal/v1',
  'https://api.example.com./v1',
  'https://u@api.example.com/v1',
  'https://u:p@api.example.com/v1',
  'https://127.0.0.1.nip.io/v1',
  'https://a9fea9fe.nip.io/v1',
  'https://six.example/v1',
  'https://mapped.example/v1',
  'https://nat64.example/v1',
  'https://localhost/v1',
  'http://8.8.8.8/v1',
  'http://api.example.com/v1',
  'ftp://8.8.8.8/v1',
  'file:///etc/passwd',
  'nonsense',
])('%s is refused and no socket is opened', async (url) => {
  const error = await ask(url, '', names);
  expect(error).toMatchObject({ why: 'blocked', sent: false });
  expect(sockets.tried).toEqual([]);
});

test.each([
  ['https://169.254.169.254/', '169.254.169.254/32:*,0.0.0.0/0:*'],
  ['http://169.254.169.254/', '169.254.0.0/16:80'],
  ['http://[fd00:ec2::254]/', 'fd00:ec2::254/128:*,::/0:*'],
  ['http://[::ffff:169.254.169.254]/', '::/0:*,0.0.0.0/0:*'],
  ['http://metadata.google.internal/', '0.0.0.0/0:*'],
  ['http://[fd00:42::42]/', 'fd00:42::42/128:80'],
  ['http://192.88.99.1/', '192.88.99.0/24:*'],
  ['http://a9fea9fe.nip.io/', '0.0.0.0/0:*'],
  ['http://[64:ff9b::a9fe:a9fe]/', '::/0:*'],
])('%s stays refused whatever the list allows', async (url, allow) => {
  expect(await ask(url, allow, names)).toMatchObject({ why: 'blocked', sent: false });
  expect(sockets.tried).toEqual([]);
});

test('an allowed network and port is reached, its neighbours are not', async () => {
  const allow = '10.1.2.0/24:8080';
  expect(await ask('http://10.1.2.5:8080/', allow)).toMatchObject({ why: 'refused' });
  expect(await ask('https://10.1.2.5:8080/', allow)).toMatchObject({ why: 'refused' });
  expect(sockets.tried).toEqual(['10.1.2.5:8080', '10.1.2.5:8080']);
  for (const url of ['http://10.1.3.1:8080/', 'http://10.1.2.5:22/', 'http://127.0.0.1:8080/']) {
    expect(await ask(url, allow)).toMatchObject({ why: 'blocked' });
  }
  expect(sockets.tried).toHaveLength(2);
});

test('a public address is connected to, so the spy does see sockets', async () => {
  expect(await ask('https://8.8.8.8/')).toMatchObject({ why: 'refused', sent: false });
  expect(await ask('https://[2606:4700::1111]/')).toMatchObject({ why: 'refused', sent: false });
  expect(await ask('https://[64:ff9b::808:808]/')).toMatchObject({ why: 'refused', sent: false });
  expect(sockets.tried).toEqual(['8.8.8.8:443', '2606:4700::1111:443', '64:ff9b::808:808:443']);
});

test('of a public and a private address for one name only the public one is tried', async () => {
  const mixed = { 'mixed.example': ['10.0.0.1', '8.8.8.8', '::1', '169.254.169.254'] };
  expect(await ask('https://mixed.example/', '', mixed)).toMatchObject({ sent: false });
  expect(sockets.tried).toEqual(['8.8.8.8:443']);
});

test.each([
  ['private ones', ['10.0.0.1', 'fd00::1', '::ffff:127.0.0.1']],
  ['what is no address', ['evil', 'fe80::1%eth0']],
])('a name that leads only to %s is not connected to', async (_, found) => {
  expect(await ask('https://odd.example/', '127.0.0.1/32:443', { 'odd.example': found })).toMatchObject({
    why: 'blocked',
    sent: false,
  });
  expect(sockets.tried).toEqual([]);
});

test('a name is judged anew at each connection', async () => {
  let asked = 0;
  const outbound = createOutbound(envAllowing(''), {
    resolve: (_, done) => {
      asked++;
      done(null, [{ address: asked === 1 ? '8.8.8.8' : '127.0.0.1', family: 4 }]);
    },
  });
  const request = () =>
    outbound.request({
      url: 'https://re.example/',
      origin: 'https://re.example',
      method: 'GET',
      headers: {},
    });
  await expect(request()).rejects.toMatchObject({ why: 'refused' });
  await expect(request()).rejects.toMatchObject({ why: 'blocked' });
  expect(sockets.tried).toEqual(['8.8.8.8:443']);
  await outbound.close();
});

test('a key goes to its own origin only', async () => {
  const outbound = createOutbound(envAllowing(''));
  for (const url of ['https://8.8.4.4/', 'https://8.8.8.8:8443/', 'https://8.8.8.8.example.com/']) {
    const asked = outbound.request({ url, origin: 'https://8.8.8.8', method: 'GET', headers: {} });
    await expect(asked).rejects.toMatchObject({ why: 'blocked', sent: false });
  }
  expect(sockets.tried).toEqual([]);
  await outbound.close();
});

test.each([
  '10.0.0.0/8',
  '10.0.0.0:80',
  '10.0.0.0/33:80',
  'x/8:80',
  '10.0.0.0/8:70000',
  '10.0.0.0/8:0',
  '*:*',
  '::1/129:*',
  '/8:80',
])('the allow list entry %s stops the start and names the variable', (entry) => {
  expect(() => createOutbound(envAllowing(entry))).toThrow('BATCHDECK_ALLOW_PRIVATE');
});
