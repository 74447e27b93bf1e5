import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { judge } from './kill-judge.ts';
import { linesOf } from './kill-lines.ts';

export type Walked = {
  /** The point at which the process was killed; null when the walk ended before it came to it. */
  killedAt: string | null;
  /** What is wrong afterwards, in words; empty when every promise held. */
  wrong: string[];
};
type Options = {
  tree?: string;
  env?: Record<string, string>;
  withinMs?: number;
  /** What passes between the kill and the restart; elsewhere a lease would have to end first. */
  meanwhile?: () => Promise<void>;
};

const here = path.resolve(import.meta.dirname, '../..');
const text = Array.from({ length: 300 }, (_, i) => {
  const content = `Question ${i + 1} ${'ä'.repeat(120)}`;
  const params = { model: 'sandbox/instant', max_tokens: 16, messages: [{ role: 'user', content }] };
  return `${JSON.stringify({ custom_id: `row-${i + 1}`, params })}\n`;
}).join('');

/** A walk that is killed at one point and started again until it ends; then its witnesses are heard. */
export async function killAt(
  order: string,
  { tree = here, env, withinMs = 20_000, meanwhile }: Options = {},
): Promise<Walked> {
  const home = mkdtempSync(path.join(tmpdir(), 'batchdeck-kill-'));
  const data = path.join(home, 'data');
  writeFileSync(path.join(home, 'input.jsonl'), text);
  try {
    const lives = { order, data, home, tree, env, withinMs };
    let end = await live(lives);
    if (end === 'SIGKILL') {
      await meanwhile?.();
      end = await live(lives);
    }
    const points = linesOf(path.join(data, 'failpoints'));
    const killed = points.indexOf('killed');
    const wrong = end === 0 ? [] : [`the walk ended with ${end} after its restart`];
    return {
      killedAt: killed === -1 ? null : (points[killed - 1] ?? null),
      wrong: [...wrong, ...(await judge(home, data))],
    };
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

type Life = Options & { order: string; home: string; data: string; tree: string; withinMs: number };

function live({ order, home, data, tree, env, withinMs }: Life): Promise<number | string> {
  const child = spawn(
    process.execPath,
    ['--conditions=react-server', path.join(tree, 'lib/commands/kill-walk.ts'), home],
    {
      cwd: tree,
      env: {
        ...process.env,
        NODE_OPTIONS: '',
        NODE_ENV: 'test',
        LOG_LEVEL: 'error',
        BATCHDECK_DATA_DIR: data,
        BATCHDECK_POLL_SECONDS: '0.02-0.1',
        FP: order,
        ...env,
      },
      stdio: ['ignore', 'ignore', process.env.WALK_SHOW ? 'inherit' : 'ignore'],
    },
  );
  return new Promise((resolve) => {
    const late = setTimeout(() => {
      child.kill('SIGTERM');
      resolve('no end in time');
    }, withinMs);
    child.once('exit', (code, signal) => {
      clearTimeout(late);
      resolve(signal ?? code ?? 'nothing');
    });
  });
}
