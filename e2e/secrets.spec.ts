import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Connection } from '#lib/model/connection';
import { apiOf, lines } from './api.ts';
import { startFakeProvider } from './fake-provider.ts';
import { expect, newSession, test } from './fixtures.ts';
import { builtRoutes } from './routes.ts';
import { provisioned, Server, startServer } from './server.ts';

// Like no known key, so that nothing but knowing it can recognise it.
const canary = 'canary/7Qz+4f9d2c7b1e8a6035';
const raw = Buffer.from(canary);
const disguises = [
  canary,
  encodeURIComponent(canary),
  raw.toString('base64').replace(/=+$/, ''),
  raw.toString('base64url'),
  raw.toString('hex'),
  raw.toString('hex').toUpperCase(),
];

test('a stored key is found in the header to its own host and nowhere else', async () => {
  const honest = await startFakeProvider();
  const telltale = await startTelltale();
  const allowed = `127.0.0.1/32:${honest.port},127.0.0.1/32:${telltale.port}`;
  const server = await startServer({ env: { BATCHDECK_ALLOW_PRIVATE: allowed, LOG_LEVEL: 'debug' } });
  const api = apiOf(server);
  const told = new Map<string, string>();
  try {
    const gateway = { preset: 'inline-compatible', apiKey: canary };
    const made = await api.send<Connection>('POST', '/api/connections', {
      ...gateway,
      name: 'honest',
      baseUrl: honest.baseUrl,
    });
    await api.send('POST', '/api/connections', { ...gateway, name: 'telltale', baseUrl: telltale.baseUrl });
    expect(made.key?.last4).toBe('6035');

    const done = await api.create(lines(2, 'any/model'), 'Done', 'honest');
    const refused = await api.create(lines(2, 'any/model'), 'Refused', 'telltale');
    await api.until(refused.id, ({ attention }) => attention === 'credential_rejected');
    await api.until(done.id, ({ phase }) => phase === 'running' || phase === 'pending');
    honest.finish();
    await api.over(done.id);

    const wrongs: [string, string, string][] = [
      ['POST', '/api/connections', JSON.stringify({ ...gateway, name: 'x', baseUrl: canary })],
      ['POST', '/api/connections', JSON.stringify({ ...gateway, name: 'honest', baseUrl: honest.baseUrl })],
      ['POST', '/api/connections', JSON.stringify({ ...gateway, apiKey: [canary] })],
      ['POST', '/api/connections', `{"apiKey":"${canary}" oops`],
      ['PATCH', `/api/connections/${made.id}`, JSON.stringify({ baseUrl: telltale.baseUrl })],
      [
        'PATCH',
        `/api/connections/${made.id}`,
        JSON.stringify({ api_base: telltale.baseUrl, apiKey: canary }),
      ],
      ['PATCH', `/api/connections/${made.id}`, `{"__proto__":{"baseUrl":"${telltale.baseUrl}"}}`],
    ];
    for (const [method, where, body] of wrongs) {
      const answer = await api.call(method, where, body, { 'content-type': 'application/json' });
      expect([400, 409], `${method} ${body}`).toContain(answer.status);
      told.set(`${method} ${where} ${body}`, await answer.text());
    }

    const cookie = await newSession(server);
    const asPerson = { cookie: `${cookie.name}=${cookie.value}` };
    const ways: Record<string, string>[] = [
      asPerson,
      { ...asPerson, rsc: '1' },
      { authorization: `Bearer ${canary}` },
    ];
    for (const batch of [done, refused]) {
      for (const route of builtRoutes(batch.id, batch.id)) {
        const where = route.replace('con_none', made.id);
        for (const headers of ways) {
          const answer = await fetch(server.url + where, { headers, redirect: 'manual' });
          const said = JSON.stringify([...answer.headers]);
          told.set(`${where} ${Object.keys(headers)}`, said + (await answer.text()));
        }
      }
    }
    for (const name of ['input.jsonl', 'output.jsonl', 'results.csv']) {
      const answer = await api.call('GET', `/api/batches/${done.id}/exports/${name}`);
      expect(answer.status, name).toBe(200);
      told.set(name, await answer.text());
    }
    expect(told.size).toBeGreaterThan(60);
    expect(await server.end()).toBe(0);
    told.set('log', server.log);
    for (const file of filesIn(server.dataDir)) told.set(file, readFileSync(file).toString('latin1'));
    expect([...told.values()].join('\n')).toContain('Incorrect key: [key]');
    for (const [place, text] of told) {
      for (const disguise of disguises)
        expect(text.includes(disguise), `${disguise} in ${place}`).toBe(false);
    }

    const creates = honest.seen.filter(({ method }) => method === 'POST');
    expect(creates).toHaveLength(1);
    expect(honest.seen.every(({ authorization }) => authorization === `Bearer ${canary}`)).toBe(true);
    expect(JSON.stringify(honest.seen.map(({ path: asked, body }) => [asked, body]))).not.toContain(canary);
  } finally {
    honest.close();
    telltale.close();
    await server.clear();
  }
});

test.describe('master keys', () => {
  const key = () => randomBytes(32).toString('base64');
  const bad = [
    'changeme',
    'k1:changeme',
    `k1:${randomBytes(31).toString('base64')}`,
    `k1:${key()},k1:${key()}`,
    ' ',
  ];

  for (const [n, keys] of bad.entries()) {
    test(`a start with a malformed key ends with one line and writes nothing (${n + 1})`, async () => {
      const server = new Server({ env: { BATCHDECK_KEYS: keys } });
      try {
        await expect(server.start()).rejects.toThrow('did not start');
        expect(await server.end()).toBe(1);
        // Next itself says a line about its configuration first.
        const said = server.log.split('\n').filter((line) => line !== '' && !line.includes('next.config'));
        expect(said).toEqual([expect.stringMatching(/^Batchdeck cannot start: BATCHDECK_KEYS: .+$/)]);
        if (keys.trim() !== '') expect(server.log).not.toContain(keys.split(':').at(-1));
        expect(filesIn(server.dataDir)).toEqual([path.join(server.dataDir, 'provision.json')]);
      } finally {
        await server.clear();
      }
    });
  }

  test('another key than the one of the store ends the start, and the store stays as it was', async () => {
    const first = await startServer({ env: { BATCHDECK_KEYS: `k1:${key()}` }, provision: withKey });
    try {
      expect(await first.end()).toBe(0);
      const before = storeOf(first.dataDir);
      for (const keys of [`k1:${key()}`, `k2:${key()}`]) {
        const second = new Server({
          dataDir: first.dataDir,
          env: { BATCHDECK_KEYS: keys },
          provision: withKey,
        });
        await expect(second.start()).rejects.toThrow('did not start');
        expect(await second.end()).toBe(1);
        expect(second.log).toMatch(/^Batchdeck cannot start: BATCHDECK_KEYS: [^\n]+$/m);
        expect(storeOf(first.dataDir)).toBe(before);
      }
    } finally {
      await first.clear();
    }
  });

  test('a fresh store makes its own key; without it the next start is locked and says why', async () => {
    const server = await startServer({ provision: withKey });
    const gateway = async () => {
      const { items } = await apiOf(server).get<{ items: Connection[] }>('/api/connections');
      return items.find(({ name }) => name === 'gw');
    };
    try {
      const file = path.join(server.dataDir, 'keys');
      expect(statSync(file).mode & 0o777).toBe(0o600);
      expect(server.log).toContain('Back this file up');
      expect((await gateway())?.locked).toBeNull();
      await server.end();
      rmSync(file);
      await server.start();
      expect((await gateway())?.locked).toContain('master key');
      expect((await fetch(`${server.url}/api/ready`)).status).toBe(200);
      expect(filesIn(server.dataDir)).not.toContain(file);
    } finally {
      await server.clear();
    }
  });
});

const withKey = {
  ...provisioned,
  connections: [
    { name: 'gw', preset: 'inline-compatible', baseUrl: 'https://gw.example.com/v1', apiKey: canary },
  ],
};

/** A provider that repeats the key it got in its complaint, in every form it can think of. */
async function startTelltale() {
  const server = createServer((request, response) => {
    const message = `Incorrect key: ${request.headers.authorization} or ${disguises.join(' or ')}`;
    request.resume().on('end', () => {
      response.writeHead(401, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ error: { message, type: 'invalid_key', code: 401 } }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { port, baseUrl: `http://127.0.0.1:${port}/v1`, close: () => server.close() };
}

function filesIn(dir: string): string[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
}

function storeOf(dataDir: string): string {
  const bytes = readFileSync(path.join(dataDir, 'batchdeck.sqlite'));
  return createHash('sha256').update(bytes).digest('hex');
}
