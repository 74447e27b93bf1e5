import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, Stop } from './checkout.mjs';
import { demoApi } from './demo-api.mjs';
import { signalCode } from './run.mjs';

const farewellMs = 3_000;

/** The built app with one admin and one token, on a folder that goes when it ends. */
export async function startDemoServer(node) {
  const folder = mkdtempSync(join(tmpdir(), 'batchdeck-demo-'));
  const person = { email: 'demo@example.com', password: randomBytes(9).toString('base64url') };
  const token = `bd_${randomBytes(18).toString('hex')}`;
  const provision = join(folder, 'provision.json');
  const tokens = [{ name: 'demo', value: token, user: person.email }];
  writeFileSync(provision, JSON.stringify({ users: [{ ...person, role: 'admin' }], tokens }), {
    mode: 0o600,
  });
  const child = spawn(node, [join('lib', 'commands', 'serve.mjs')], {
    cwd: root,
    env: demoEnv(folder, provision),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let ending = false;
  /** Nothing here is worth a long farewell: what is still on its way after a moment is cut. */
  const end = () => {
    ending = true;
    child.kill('SIGTERM');
    setTimeout(() => child.kill('SIGKILL'), farewellMs).unref();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, end);
  const ended = new Promise((resolve) => {
    child.on('exit', (code, signal) => {
      rmSync(folder, { recursive: true, force: true });
      resolve(ending ? 0 : (code ?? signalCode(signal)));
      ending = true;
    });
  });
  const url = await readyOn(child, ended);
  return { url, person, ended, end, isEnding: () => ending, api: demoApi(url, token) };
}

/** Whatever this machine is set up for: a demo has a store, a key and an address of its own, and calls only itself. */
function demoEnv(folder, provision) {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(BATCHDECK_.*|DATABASE_URL|BLOB_URL|APP_URL|HOST|NODE_OPTIONS)$/.test(name),
  );
  return {
    LOG_LEVEL: 'error',
    ...Object.fromEntries(kept),
    HOST: '127.0.0.1',
    BATCHDECK_DATA_DIR: folder,
    BATCHDECK_PROVISION: provision,
    BATCHDECK_ALLOW_PRIVATE: '127.0.0.1/32:*',
    BATCHDECK_POLL_SECONDS: '0.5-2',
  };
}

function readyOn(child, ended) {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      process.stdout.write(text);
      said = `${said}${text}`.slice(-2_000);
      const url = /Batchdeck ready on (http\S+)/.exec(said)?.[1];
      if (url) resolve(url);
    });
    child.on('error', reject);
    ended.then(() => reject(new Stop('The server ended before the demo began.')));
  });
}
