import { availableParallelism } from 'node:os';
import { withBroken } from '#lib/commands/broken';
import { type Ground, single } from './grounds.ts';
import { killAt, type Options } from './kill-at.ts';
import type { Variant } from './variants.ts';

type Say = (head: string, words: string) => void;

const atOnce = availableParallelism();
const never = '*:99999';

/** Kills at the first, the second, the third, until a walk ends before its turn comes. Answers how many were not clean. */
export async function countUp(kind: '*' | 'step', options: Options, say: Say): Promise<number> {
  let killed = 0;
  let failed = 0;
  let ended = false;
  let next = 1;
  const one = async () => {
    while (!ended) {
      const k = next++;
      const { killedAt, wrong } = await killAt(`${kind}:${k}`, { withinMs: 60_000, ...options });
      if (killedAt === null) ended = true;
      else killed += 1;
      if (wrong.length > 0) failed += 1;
      if (wrong.length > 0 || kind === '*') say(`k = ${k}`, [killedAt ?? 'ended', ...wrong].join('; '));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  say('', `${killed} killed, ${failed} not clean`);
  return failed;
}

/** A broken product is clean while nobody kills it, and found out by a kill at each point it is shown at. */
export async function showThatItMatters(variants: Variant[], shared: Ground, say: Say): Promise<number> {
  let failed = 0;
  const waiting = [...variants];
  const one = async () => {
    for (let variant = waiting.shift(); variant; variant = waiting.shift()) {
      const found = await findOut(variant, shared);
      failed += found.filter(({ ok }) => !ok).length;
      say('', variant.name);
      for (const { ok, words } of found) say(ok ? 'found out' : 'NOT FOUND OUT', words);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  return failed;
}

async function findOut({ edits, shown }: Variant, shared: Ground): Promise<{ ok: boolean; words: string }[]> {
  return withBroken(edits, async (tree) => {
    const alive = await killAt(never, { tree });
    const found = [];
    if (alive.wrong.length > 0) found.push({ ok: false, words: `unkilled: ${alive.wrong.join('; ')}` });
    for (const { at, says, shared: onShared, ...how } of shown) {
      const ground = onShared ? shared : single;
      const { killedAt, wrong } = await killAt(at, { tree, ground, withinMs: 20_000, ...how });
      const ok = killedAt === at.split(':')[0] && wrong.some((words) => words.includes(says));
      found.push({ ok, words: `${at}${how.cut ? ', power cut' : ''}: ${wrong.join('; ')}` });
    }
    return found;
  });
}
