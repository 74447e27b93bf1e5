import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Ground, single } from './grounds.ts';
import { judge, leftIn } from './judge.ts';
import { killedIn } from './killed.ts';
import { cutPower, rest } from './power-cut.ts';
import { startSecondWorker } from './second-worker.ts';
import { wayNamed } from './ways.ts';

export type Walked = {
  /** The point at which the process was killed, or the step before which; null when the walk ended before it came to it. */
  killedAt: string | null;
  /** What is wrong afterwards, in words; empty when every promise held. */
  wrong: string[];
};

/**
 * `point:2` is the second time that point is reached, `*:7` the seventh point of any name, `step:7` the moment before the
 * seventh change, `before:rename /data` before the first one that is called so.
 */
export type Options = {
  ground?: Ground;
  way?: string;
  /** The power fails at the kill: what was not synced is gone. */
  cut?: boolean;
  /** The program ran once before and all it did then is on the disk, so that only what came since can be lost. */
  rested?: boolean;
  /** A file of several megabytes, which goes to S3 in parts. */
  big?: boolean;
  /** When the batch is over, some of its lines are sent again. */
  retries?: boolean;
  /** Where the ground is shared: another worker goes on where this one was killed, and not this one. */
  handedOn?: boolean;
  tree?: string;
  /** How long a batch may take, about; a busy machine starts a process slowly, so a life may be twice as long. */
  withinMs?: number;
};

/** Hundreds of lives run the same source. */
const compiled = process.env.NODE_COMPILE_CACHE ?? path.join(tmpdir(), 'batchdeck-kill-compiled');
const root = path.resolve(import.meta.dirname, '../../..');

/** A walk that is killed once and started again until it ends; then its witnesses are heard. */
export async function killAt(order: string, options: Options = {}): Promise<Walked> {
  const { way = 'inline', cut = false, rested = false, handedOn } = options;
  const usual = await usualEnd(options);
  return onGround(options, async (life, place) => {
    if (rested) {
      await life([], 'rest');
      rest(life.data, life.home);
    }
    let end = await life(orderIn(order));
    const at = Date.now();
    if (end.how === 'SIGKILL') {
      if (cut) cutPower(life.data, life.home);
      await place.meanwhile(life.data);
      end = handedOn ? await life.handedOn() : await life([]);
    }
    const killed = killedIn(life);
    const ended = end.how === 0 ? [] : [`the walk ended with ${end.how} after its restart: ${end.said}`];
    const left = { usual, unfinished: place.unfinished() };
    const kill = killed && { ...killed, at };
    const wrong = await judge({ ...life, way: wayNamed(way), retries: options.retries ?? false, kill, left });
    return { killedAt: killed?.before ?? killed?.point ?? null, wrong: [...ended, ...wrong] };
  });
}

const ends = new Map<string, Promise<string[]>>();

/** What lies on the ground after a walk that nobody killed. */
function usualEnd({
  ground = single,
  way = 'inline',
  big = false,
  retries = false,
}: Options): Promise<string[]> {
  const name = `${ground.name} ${way} ${big} ${retries}`;
  const known =
    ends.get(name) ??
    onGround({ ground, way, big, retries }, async (life) => {
      const { how, said } = await life([]);
      if (how !== 0) throw new Error(`A walk that nobody killed ended with ${how}: ${said}`);
      return leftIn(life);
    });
  ends.set(name, known);
  return known;
}

type End = { how: number | string; said: string };
type Life = {
  (env: [string, string][], until?: 'rest'): Promise<End>;
  handedOn: () => Promise<End>;
  home: string;
  data: string;
};

async function onGround<T>(
  { ground = single, way = 'inline', big, retries, cut, tree = root, withinMs = 30_000 }: Options,
  work: (life: Life, place: Awaited<ReturnType<Ground['fresh']>>) => Promise<T>,
): Promise<T> {
  const home = mkdtempSync(path.join(tmpdir(), 'batchdeck-kill-'));
  const data = path.join(home, 'data');
  mkdirSync(data);
  writeFileSync(path.join(home, 'input.jsonl'), inputOf(way, big ?? false));
  try {
    const place = await ground.fresh();
    const walk = {
      WALK_HOME: home,
      WALK_WAY: way,
      WALK_RETRIES: retries ? '1' : '0',
      WALK_CUT: cut ? '1' : '0',
      WALK_PATIENCE_MS: String(withinMs * 0.7),
    };
    const env = { BATCHDECK_DATA_DIR: data, ...walk, ...place.env };
    const life = (order: [string, string][], until = '') =>
      live(tree, { ...env, ...Object.fromEntries(order), WALK_UNTIL: until }, 2 * withinMs);
    const handedOn = async () => {
      const second = await startSecondWorker({ home, data, tree, env: usualEnv(env) });
      return life(Object.entries(second.env)).finally(second.stop);
    };
    return await work(Object.assign(life, { home, data, handedOn }), place);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

function inputOf(way: string, big: boolean): string {
  const { line } = wayNamed(way);
  const filler = 'ä'.repeat(big ? 20_000 : 120);
  const lines = Array.from({ length: 300 }, (_, i) => line(`row-${i + 1}`, `Question ${i + 1} ${filler}`));
  return lines.map((value) => `${JSON.stringify(value)}\n`).join('');
}

function orderIn(order: string): [string, string][] {
  const [name, count = ''] = order.split(':');
  return name === 'step' || name === 'before'
    ? [
        ['WALK_STEP', count],
        ['FP', 'none:1'],
      ]
    : [['FP', order]];
}

function usualEnv(env: Record<string, string>): NodeJS.ProcessEnv {
  return {
    ...process.env,
    NODE_OPTIONS: '',
    NODE_ENV: 'test',
    NODE_COMPILE_CACHE: compiled,
    LOG_LEVEL: 'error',
    BATCHDECK_POLL_SECONDS: '0.02-0.1',
    ...env,
  };
}

function live(tree: string, env: Record<string, string>, withinMs: number): Promise<End> {
  const folder = path.join(tree, 'lib/commands/kills');
  const child = spawn(
    process.execPath,
    ['--conditions=react-server', '--import', path.join(folder, 'disk.ts'), path.join(folder, 'walk.ts')],
    {
      cwd: tree,
      env: usualEnv(env),
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  return new Promise((resolve) => {
    const late = setTimeout(() => {
      child.kill('SIGKILL');
      resolve({ how: 'no end in time', said });
    }, withinMs);
    child.once('close', (code, signal) => {
      clearTimeout(late);
      resolve({ how: signal ?? code ?? 'nothing', said: said.trim().split('\n').at(-1) ?? '' });
    });
  });
}
