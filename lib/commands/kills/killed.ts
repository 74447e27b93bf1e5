import path from 'node:path';
import { linesOf } from './lines.ts';

export type Killed = {
  /** The last point it came to, and where changes were counted the one that was about to come. */
  point: string;
  before: string | null;
  /** How many create calls may have left by then. */
  creates: number;
};

/** Where a walk died, by what it wrote down itself; null when nothing killed it. */
export function killedIn({ home, data }: { home: string; data: string }): Killed | null {
  const points = linesOf(path.join(data, 'failpoints'));
  const end = points.indexOf('killed');
  if (end === -1) return null;
  const passed = points.slice(0, end);
  const [before = null] = linesOf(path.join(home, 'killed-before'));
  const creates = passed.filter((point) => point === 'create-sent').length;
  return { point: passed.at(-1) ?? 'boot', before, creates };
}
