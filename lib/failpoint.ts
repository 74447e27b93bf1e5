import 'server-only';
import { appendFileSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * `FP=*:3` kills this process at the third point it reaches, `FP=poll:1` at the first of that name; once a data folder.
 * `FP=poll:1:SIGSTOP` lets it stand still there.
 */
const order = process.env.NODE_ENV === 'production' ? null : orderIn(process.env.FP);

/** A named place where a test may kill the process. Without the test's flag it is nothing. */
export const fp: (name: string) => void = order === null ? () => {} : (name) => reach(name, order);

type Order = { name: string; count: number; signal: string; journal: string };

function orderIn(text: string | undefined): Order | null {
  const [, name, count, signal = 'SIGKILL'] = /^(\*|[a-z-]+):(\d+)(?::(SIGSTOP))?$/.exec(text ?? '') ?? [];
  if (!name) return null;
  const folder = process.env.BATCHDECK_DATA_DIR ?? '.data';
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return { name, count: Number(count), signal, journal: path.join(folder, 'failpoints') };
}

/** The journal counts across threads and restarts, and what stands in it after the kill is never killed again. */
function reach(name: string, { name: wanted, count, signal, journal }: Order): void {
  appendFileSync(journal, `${name}\n`);
  if (wanted !== '*' && wanted !== name) return;
  const reached = readFileSync(journal, 'utf8').split('\n').slice(0, -1);
  if (reached.includes('killed')) return;
  if (reached.filter((past) => wanted === '*' || past === wanted).length < count) return;
  appendFileSync(journal, 'killed\n');
  process.kill(process.pid, signal);
}
