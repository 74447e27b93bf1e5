import 'server-only';
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { startS3 } from '#lib/blobs/s3-kit';
import { systemClock } from '#lib/clock';
import { type Context, contextFor } from '#lib/context';
import { isCreate, type JournalEntry } from '#lib/model/sandbox-journal';
import { openDeps } from '#lib/open-deps';
import { openSandbox } from '#lib/sandbox/open-sandbox';
import { overHttp } from '#lib/sandbox/over-http-kit';
import type { Sandbox } from '#lib/sandbox/sandbox';
import type { Keyring } from '#lib/secrets/keyring';
import { isPeerKey } from '#lib/secrets/peer-key';
import { openPostgres } from '#lib/store/engine';

const root = path.resolve(import.meta.dirname, '../..');

/** A worker of its own with its own folder and its own way to the provider, which a test can hold up. */
export type Worker = {
  process: ChildProcess;
  log: () => string;
  door: Door;
  signal(signal: NodeJS.Signals): void;
  exit: Promise<number | NodeJS.Signals | null>;
};
export type Door = {
  /** Whether every request showed the key of this install. */
  known: boolean;
  asked: string[];
  hold: (request: string) => boolean;
  waiting: () => number;
  release: () => void;
};

export type Ground = Awaited<ReturnType<typeof openGround>>;

/** One Postgres, one S3 store and one provider; what a web process would do is done by this one. */
export async function openGround(more: Record<string, string> = {}) {
  const home = mkdtempSync(path.join(tmpdir(), 'batchdeck-replicas-'));
  const [databaseUrl, s3] = await Promise.all([freshSchema(), startS3()]);
  const dir = path.join(home, 'sandbox');
  const sandbox = await openSandbox({ dir, clock: systemClock, log: silent });
  const given = {
    DATABASE_URL: databaseUrl,
    BLOB_URL: s3.url,
    BATCHDECK_KEYS: `k1:${randomBytes(32).toString('base64')}`,
    BATCHDECK_POLL_SECONDS: '0.1-0.3',
    LOG_LEVEL: 'warn',
    ...more,
  };
  const folder = (name: string) => {
    mkdirSync(path.join(home, name));
    return path.join(home, name);
  };
  const web = await openDeps({
    ...given,
    BATCHDECK_ROLE: 'web',
    BATCHDECK_DATA_DIR: folder('web'),
    BATCHDECK_SANDBOX_URL: 'http://127.0.0.1:9',
  });
  const ctx: Context = contextFor(web, {
    kind: 'token',
    userId: 'usr_test',
    name: 'test',
    role: 'admin',
    tokenId: 'tok_test',
    connectionId: null,
  });
  const open: { worker: Worker; server: Server }[] = [];
  return {
    ctx,
    given,
    async worker(name: string, more: Record<string, string> = {}): Promise<Worker> {
      const { door, server, url } = await openDoor(sandbox, web.keyring);
      const env = { ...given, BATCHDECK_DATA_DIR: folder(name), BATCHDECK_SANDBOX_URL: url, ...more };
      const worker = { door, ...startWorker(env) };
      open.push({ worker, server });
      for (const end = Date.now() + 30_000; !worker.log().includes('worker ready'); ) {
        if (Date.now() > end) throw new Error(`The worker did not start: ${worker.log()}`);
        await sleep(50);
      }
      return worker;
    },
    /** What the provider accepted, by its own journal. */
    creates: () =>
      readFileSync(path.join(dir, 'journal.jsonl'), 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as JournalEntry)
        .filter(isCreate),
    async close() {
      for (const { worker, server } of open) {
        worker.process.kill('SIGKILL');
        server.closeAllConnections();
        server.close();
      }
      await web.outbound.close();
      await web.index.close();
      await web.db.destroy();
      await s3.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** Of the server that runs for all tests. */
async function freshSchema(): Promise<string> {
  const schema = `r_${randomBytes(8).toString('hex')}`;
  const url = new URL(process.env.BATCHDECK_TEST_POSTGRES ?? '');
  const db = openPostgres(url.href);
  await sql.raw(`create schema ${schema}`).execute(db);
  await db.destroy();
  url.searchParams.set('options', `-c search_path=${schema}`);
  return url.href;
}

function startWorker(env: Record<string, string>): Omit<Worker, 'door'> {
  // Started the usual way it runs as in production, where there are no points to stop it at.
  const how = env.FP ? ['--conditions=react-server', 'lib/poller/main.ts'] : ['lib/commands/serve.mjs'];
  const child = spawn(process.execPath, how, {
    cwd: root,
    env: { ...process.env, NODE_OPTIONS: '', BATCHDECK_ROLE: 'worker', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  }
  return {
    process: child,
    log: () => said,
    signal: (signal) => void child.kill(signal),
    exit: new Promise((resolve) => child.once('exit', (code, signal) => resolve(code ?? signal))),
  };
}

/** The provider as one worker reaches it. What is held is neither answered nor seen by the provider until it is released. */
async function openDoor(
  sandbox: Sandbox,
  keyring: Keyring,
): Promise<{ door: Door; server: Server; url: string }> {
  let waiting: (() => void)[] = [];
  const door: Door = {
    known: true,
    asked: [],
    hold: () => false,
    waiting: () => waiting.length,
    release() {
      door.hold = () => false;
      for (const go of waiting) go();
      waiting = [];
    },
  };
  const { server, url } = await overHttp(sandbox, async ({ method, url: path, headers }) => {
    const asked = `${method} ${path}`;
    door.asked.push(asked);
    door.known &&= isPeerKey(keyring, /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1] ?? null);
    if (door.hold(asked)) await new Promise<void>((go) => waiting.push(go));
  });
  return { door, server, url };
}

const silent = { debug() {}, info() {}, warn() {}, error() {} };
