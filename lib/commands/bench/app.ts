import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Batch } from '#lib/model/batch';
import { type Child, root, startChild } from './child.ts';

const person = { email: 'op@example.com', password: 'correct horse battery' };
const token = 'bd_bench_token_0123456789';

export type App = Child & {
  home: string;
  headers: { authorization: string };
  call: (method: string, path: string, body?: object | string, headers?: HeadersInit) => Promise<Response>;
  get: <T>(path: string) => Promise<T>;
  /** The cookie of a session, for pages. */
  signIn: () => Promise<string>;
  /** How long the main thread kept others waiting since the last time this was asked, 99th percentile in ms. */
  loopDelay: () => Promise<number>;
};
type Options = { home?: string; provider?: string };

/** The built app in a process of its own. */
export async function startApp(below: string, { home, provider }: Options = {}): Promise<App> {
  if (!existsSync(path.join(root, '.next', 'BUILD_ID'))) {
    throw new Error('There is no build to measure. Run `npm run build` first.');
  }
  const data = home ?? mkdtempSync(path.join(below, 'app-'));
  const loop = path.join(data, 'loop');
  const file = path.join(data, 'provision.json');
  writeFileSync(file, JSON.stringify(provisioned(provider)));
  const args = ['--import', path.join(import.meta.dirname, 'loop.ts'), 'lib/commands/serve.mjs'];
  const env = {
    PORT: '0',
    BATCHDECK_DATA_DIR: data,
    BATCHDECK_PROVISION: file,
    BATCHDECK_POLL_SECONDS: '0.02-0.05',
    BENCH_LOOP: loop,
    LOG_LEVEL: 'warn',
    ...(provider ? { BATCHDECK_ALLOW_PRIVATE: `127.0.0.1/32:${new URL(provider).port}` } : {}),
  };
  const child = await startChild(args, { env });
  const headers = { authorization: `Bearer ${token}` };
  const call: App['call'] = (method, at, body, more) =>
    fetch(child.url + at, {
      method,
      body: typeof body === 'object' ? JSON.stringify(body) : body,
      redirect: 'manual',
      headers: {
        ...headers,
        ...(typeof body === 'object' ? { 'content-type': 'application/json' } : {}),
        ...more,
      },
    });
  return {
    ...child,
    home: data,
    headers,
    call,
    get: async (at) => answered(await call('GET', at)),
    async signIn() {
      const answer = await fetch(`${child.url}/api/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin: child.url },
        body: JSON.stringify(person),
      });
      return /^[^;]+/.exec(answer.headers.get('set-cookie') ?? '')?.[0] ?? '';
    },
    async loopDelay() {
      rmSync(loop, { force: true });
      process.kill(child.pid, 'SIGUSR2');
      while (!existsSync(loop)) await sleep(10);
      return Number(readFileSync(loop, 'utf8'));
    },
  };
}

export async function answered<T>(answer: Response): Promise<T> {
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${answer.status} ${text.slice(0, 300)}`);
  return JSON.parse(text) as T;
}

/** Looking costs the process that is measured some of its time. */
const lookMs = 50;

export async function until(app: App, id: string, done: (batch: Batch) => boolean): Promise<Batch> {
  for (;;) {
    const batch = await app.get<Batch>(`/api/batches/${id}`);
    if (done(batch)) return batch;
    if (batch.attention !== null) throw new Error(`The batch is ${batch.attention}.`);
    await sleep(lookMs);
  }
}

function provisioned(provider: string | undefined) {
  const connection = {
    name: 'provider',
    preset: 'inline-compatible',
    baseUrl: `${provider}/v1`,
    apiKey: `bench-${process.pid}-key`,
    limits: { requests: null, bytes: null },
  };
  return {
    users: [{ ...person, role: 'admin' }],
    tokens: [{ name: 'bench', value: token, user: person.email }],
    connections: provider === undefined ? [] : [connection],
  };
}
