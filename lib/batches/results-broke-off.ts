import 'server-only';
import type { Context } from '#lib/context';
import { ProviderTrouble } from '#lib/providers/provider';
import { collected, type End } from './collected.ts';
import type { Download } from './download.ts';
import { type Fetched, fetchedOf } from './fetched.ts';
import { type PartJob, type Step, takeStep } from './part-job.ts';
import { trouble, troubleLimit } from './trouble.ts';

/** Providers lose sight of results for moments; before this nobody calls them gone. */
const surelyGoneMs = 120_000;

/**
 * They are asked for again, and what came is kept for the case that they have been deleted meanwhile. Answers the
 * blobs that are of no use any more.
 */
export async function brokeOff(
  ctx: Context,
  job: PartJob,
  over: End,
  before: Fetched,
  came: Download,
  error: Error,
): Promise<string[]> {
  const better = came.lines > (before.kept?.lines ?? 0);
  const kept = better ? { segments: came.segments, lines: came.lines, end: over.end } : before.kept;
  const missed = isMissing(error) ? before.missed + 1 : 0;
  const fetched: Fetched = { ...before, kept, missed, sha256: null };
  const gone = missed >= troubleLimit && ctx.clock() - (before.endedAt ?? 0) >= surelyGoneMs;
  const givenUp = job.part.cancel_asked_at !== null && missed > 0;
  if ((gone && kept) || givenUp) await takeStep(ctx, job, endWith(ctx, job, over, fetched));
  else await takeStep(ctx, job, askAgain(ctx, job, fetched, error, gone));
  return (better ? before.kept?.segments : came.segments) ?? [];
}

function isMissing(error: Error): boolean {
  return error instanceof ProviderTrouble && (error.httpStatus === 404 || error.httpStatus === 410);
}

function askAgain(ctx: Context, job: PartJob, fetched: Fetched, error: Error, gone: boolean): Step {
  const retryAfterMs = error instanceof ProviderTrouble ? error.retryAfterMs : null;
  const message = `The results could not be read to their end. ${error.message}`;
  const step = trouble(ctx, job, message, retryAfterMs);
  return {
    ...step,
    part: {
      ...step.part,
      tries: job.part.tries,
      fetched: JSON.stringify(fetched),
      ...(gone ? { attention: 'gone_upstream' } : {}),
    },
  };
}

/** Nothing more will come: what is there is read, and the rest named as missing. */
function endWith(ctx: Context, job: PartJob, over: End, fetched: Fetched): Step {
  const { segments = [], lines = 0 } = fetched.kept ?? {};
  const step = collected(ctx, job, over, fetched, { segments, lines, sha256: '' });
  const message =
    lines > 0
      ? `The provider deleted the results while they were read: ${lines === 1 ? '1 line' : `${lines} lines`} had come by then.`
      : 'The provider no longer has the results.';
  return {
    ...step,
    part: { ...step.part, error: JSON.stringify({ code: 'results_gone', message }) },
    event: { verb: 'batch.results_gone', data: { message } },
  };
}

/** The batch itself is not found any more. Null where there is nothing to end with and nobody asked for an end. */
export function endWithoutProvider(ctx: Context, job: PartJob): Step | null {
  const fetched = fetchedOf(job.part);
  if (fetched.kept) return endWith(ctx, job, { report: null, end: fetched.kept.end }, fetched);
  if (job.part.cancel_asked_at === null) return null;
  return {
    part: { phase: 'collecting', ends_as: 'cancelled', checked_at: ctx.clock() },
    event: { verb: 'batch.gone_upstream' },
    inMs: 0,
  };
}
