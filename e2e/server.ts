import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export const person = { email: 'op@example.com', password: 'correct horse battery' };
export const token = 'bd_journey_token_0123456789';

/** One operator with one token, so that a journey that is not about set-up starts behind it. */
export const provisioned = {
  users: [{ ...person, role: 'admin' }],
  tokens: [{ name: 'journey', value: token, user: person.email }],
};

type Options = {
  provision?: object | null;
  env?: Record<string, string>;
  dataDir?: string;
  /** Another checkout with a build of its own. */
  root?: string;
};

/** The built app as a process of its own, on a free port and a data folder of its own. */
export class Server {
  readonly dataDir: string;
  url = '';
  setupLink: string | null = null;
  log = '';
  readonly #options: Options;
  #child: ChildProcess | null = null;

  constructor(options: Options) {
    this.#options = options;
    this.dataDir = options.dataDir ?? mkdtempSync(path.join(tmpdir(), 'batchdeck-e2e-'));
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  /** The same server under its other name. */
  at(host: 'localhost' | '127.0.0.1'): string {
    return `http://${host}:${new URL(this.url).port}`;
  }

  async start(): Promise<void> {
    const { provision = provisioned, env, root = '.' } = this.#options;
    const child = spawn(process.execPath, [path.join(root, 'lib/commands/serve.mjs')], {
      env: {
        ...process.env,
        NODE_OPTIONS: '',
        HOST: '127.0.0.1',
        PORT: this.url ? new URL(this.url).port : '0',
        BATCHDECK_DATA_DIR: this.dataDir,
        BATCHDECK_POLL_SECONDS: '0.2-1',
        ...(provision ? { BATCHDECK_PROVISION: this.#provisionFile(provision) } : {}),
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.log += text;
      });
    }
    const from = this.log.length;
    if (env?.BATCHDECK_ROLE === 'worker') return void (await this.#said(/(Batchdeck worker ready)/, from));
    this.url = await this.#said(/Batchdeck ready on (http\S+)/, from);
    this.setupLink = /Set up the first account: (\S+)/.exec(this.log.slice(from))?.[1] ?? null;
  }

  /** Stands still on SIGSTOP and goes on with SIGCONT. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    process.kill(this.pid, signal);
  }

  /** Sends a signal and answers the exit code, or the signal's name. */
  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | NodeJS.Signals | null> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    return new Promise((resolve) => {
      child.once('exit', (code, killedBy) => resolve(code ?? killedBy));
      child.kill(signal);
    });
  }

  async clear(): Promise<void> {
    await this.end('SIGKILL');
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  #provisionFile(provision: object): string {
    const file = path.join(this.dataDir, 'provision.json');
    writeFileSync(file, JSON.stringify(provision));
    return file;
  }

  #said(words: RegExp, from: number): Promise<string> {
    return new Promise((resolve, reject) => {
      const fail = () =>
        finish(() => reject(new Error(`The server did not start:\n${this.log.slice(from)}`)));
      const look = () => {
        const found = words.exec(this.log.slice(from))?.[1];
        if (found) finish(() => resolve(found));
        else if (this.#child?.exitCode !== null || this.#child.signalCode !== null) fail();
      };
      const finish = (then: () => void) => {
        clearInterval(often);
        clearTimeout(late);
        then();
      };
      const often = setInterval(look, 50);
      const late = setTimeout(fail, 60_000);
    });
  }
}

export async function startServer(options: Options = {}): Promise<Server> {
  const server = new Server(options);
  await server.start();
  return server;
}
