import 'server-only';
import type { Context } from '#lib/context';
import type { ProviderReport } from '#lib/providers/provider';
import { countedIn } from './counted-in.ts';
import { fetchedOf } from './fetched.ts';
import type { PartJob, Step } from './part-job.ts';
import { nextWait } from './waits.ts';

const mostLooks = 5;

/**
 * Over, and its results are announced but not there yet: it is looked at a few times more. Null where there is
 * nothing to wait for, or no longer.
 */
export function awaitResults(ctx: Context, { part }: PartJob, report: ProviderReport): Step | null {
  const { state, resultRefs, resultsExpected } = report;
  const expected =
    resultsExpected ?? (state === 'completed' && resultRefs.length === 0 && countedIn(report) > 0);
  const before = fetchedOf(part);
  if (!expected || before.awaited >= mostLooks) return null;
  const now = ctx.clock();
  const wait = nextWait(ctx, before.awaited === 0 ? 0 : part.wait_ms);
  return {
    part: {
      phase: part.phase === 'cancelling' ? 'cancelling' : 'finishing',
      checked_at: now,
      failures: 0,
      wait_ms: wait,
      raw_status: report.rawStatus,
      raw_answer: report.raw,
      fetched: JSON.stringify({
        ...before,
        endedAt: before.endedAt ?? now,
        awaited: before.awaited + 1,
      }),
    },
    batch: { checked_at: now },
    inMs: wait,
  };
}
