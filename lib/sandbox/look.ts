import 'server-only';
import type { Answer } from './answer.ts';
import type { House } from './house.ts';
import type { Plan, Seen } from './plan.ts';
import type { Shelved } from './read-shelved.ts';
import { halfWay, type Standing, standingAt } from './standing.ts';

/** A look at one batch. Where results come with it, it is counted as a reading of them too. */
export function look(
  { clock }: House,
  found: Shelved,
  { withResults }: { withResults: boolean },
  show: (at: Standing, seen: Seen) => Answer,
): Plan {
  const { id, dialect } = found.batch;
  const at = standingAt(found, clock());
  const ended = withResults ? (['status', 'ended', 'results'] as const) : (['status', 'ended'] as const);
  return {
    dialect,
    calls: at.over ? [...ended] : ['status'],
    subject: id,
    id,
    carryOut: (seen) => show(seen.regress && at.over ? standingAt(found, halfWay(found)) : at, seen),
  };
}
