import 'server-only';
import type { Context } from '#lib/context';
import type { OverPhase } from '#lib/model/phase';
import type { ProviderReport } from '#lib/providers/provider';
import type { Download } from './download.ts';
import type { Fetched } from './fetched.ts';
import type { PartJob, Step } from './part-job.ts';
import { troubleLimit } from './trouble.ts';
import { nextWait } from './waits.ts';

/** Without a report the results stood where the status was. */
export type End = { report: ProviderReport | null; end: OverPhase };

/** All that will come has come. */
export function collected(
  ctx: Context,
  { part, batch }: PartJob,
  { report, end }: End,
  before: Fetched,
  { segments, lines, sha256 }: Pick<Download, 'segments' | 'lines' | 'sha256'>,
): Step {
  const now = ctx.clock();
  const [problem] = report?.errors ?? [];
  const tooLate = part.cancel_asked_at !== null && end !== 'cancelled';
  return {
    part: {
      phase: 'collecting',
      ends_as: end,
      attention: null,
      failures: 0,
      tries: part.tries,
      checked_at: now,
      segments: JSON.stringify(segments),
      fetched: JSON.stringify({ ...before, sha256, lines, kept: null } satisfies Fetched),
      // Results that came at the status address take the place of a last word.
      raw_status: report?.rawStatus ?? null,
      raw_answer: report?.raw ?? null,
      ...(report?.costNano == null ? {} : { cost_nano: report.costNano }),
      ...(problem
        ? { error: JSON.stringify({ code: problem.code ?? 'provider_error', message: problem.message }) }
        : {}),
    },
    batch: { checked_at: now, ...(batch.started_at === null ? { started_at: now } : {}) },
    event: {
      verb: 'batch.ended_upstream',
      data: { rawStatus: report?.rawStatus ?? null, ...(tooLate ? { tooLate } : {}) },
    },
    inMs: 0,
  };
}

/** Fewer lines than there should be, and nothing yet that says it is all: read once more and held against this. */
export function readAgain(
  ctx: Context,
  { part }: PartJob,
  { report }: End,
  before: Fetched,
  { lines, sha256 }: Download,
): Step {
  const again = before.sha256 !== null;
  const differed = before.differed + (again ? 1 : 0);
  const wait = nextWait(ctx, again ? part.wait_ms : 0);
  const now = ctx.clock();
  return {
    part: {
      checked_at: now,
      failures: 0,
      tries: part.tries,
      wait_ms: wait,
      raw_status: report?.rawStatus ?? part.raw_status,
      raw_answer: `The results came with ${lines} lines and are read once more, to be sure that nothing was cut off.`,
      fetched: JSON.stringify({ ...before, sha256, lines, differed, missed: 0 } satisfies Fetched),
      attention: differed >= troubleLimit ? 'stalled' : part.attention,
    },
    batch: { checked_at: now },
    ...(differed === troubleLimit ? { event: { verb: 'batch.results_differ', data: { lines } } } : {}),
    inMs: wait,
  };
}
