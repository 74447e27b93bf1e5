import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BenchCase } from './bench-case.ts';

const root = path.resolve(import.meta.dirname, '../..');
const empty = `require('http').createServer((_, r) => r.end()).listen(0, '127.0.0.1', function () { console.log('ready on http://127.0.0.1:' + this.address().port) })`;

type Measured = { startMs: number; rssMb: number };

/** The built app as a process of its own beside an empty web server; left out where nothing has been built. */
export async function processCases(): Promise<BenchCase[]> {
  if (!existsSync(path.join(root, '.next', 'BUILD_ID'))) {
    console.log('Cold start and memory are left out: there is no build. Run `npm run build` first.');
    return [];
  }
  const app = () => measure(['lib/commands/serve.mjs'], '/sign-in');
  const bare = () => measure(['-e', empty], '/');
  const common = { floorName: 'empty server' };
  return [
    {
      name: 'cold start to the first page',
      unit: 'ms',
      bar: null,
      ours: async () => (await app()).startMs,
      floor: async () => (await bare()).startMs,
      ...common,
    },
    {
      name: 'memory at rest',
      unit: 'MB',
      bar: null,
      ours: async () => (await app()).rssMb,
      floor: async () => (await bare()).rssMb,
      ...common,
    },
  ];
}

async function measure(args: string[], page: string): Promise<Measured> {
  const home = mkdtempSync(path.join(tmpdir(), 'batchdeck-bench-'));
  const began = performance.now();
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, NODE_OPTIONS: '', PORT: '0', BATCHDECK_DATA_DIR: home },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const url = await readyOn(child);
    await (await fetch(url + page)).arrayBuffer();
    const startMs = performance.now() - began;
    await sleep(2_000);
    return { startMs, rssMb: residentMb(child.pid ?? 0) };
  } finally {
    child.kill('SIGKILL');
    rmSync(home, { recursive: true, force: true });
  }
}

function readyOn(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const url = /ready on (http\S+)/.exec(said)?.[1];
      if (url) resolve(url);
    });
    child.once('exit', () => reject(new Error(`It did not start: ${said}`)));
  });
}

/** What the system says; where there is no /proc, nothing. */
function residentMb(pid: number): number {
  const file = `/proc/${pid}/status`;
  const found = existsSync(file) ? /VmRSS:\s+(\d+)/.exec(readFileSync(file, 'utf8'))?.[1] : undefined;
  return Number(found ?? Number.NaN) / 1024;
}
