import 'server-only';
import type { Clock } from '#lib/clock';
import type { Context } from '#lib/context';
import { Refusal } from '#lib/errors';
import type { Phase } from '#lib/model/phase';
import { ClaimLost, type DuePart } from '#lib/store/claims';
import { finishPart } from './finish-part.ts';
import { holdClaim, type Lease } from './hold-claim.ts';
import { loadJob, type PartJob, takeStep } from './part-job.ts';
import { pollPart } from './poll-part.ts';
import { settleSubmission } from './settle-submission.ts';
import { submitPart } from './submit-part.ts';
import { nextWait } from './waits.ts';

type Verb = (ctx: Context, job: PartJob) => Promise<void>;

const verbs: Partial<Record<Phase, Verb>> = {
  queued: submitPart,
  submitting: settleSubmission,
  pending: pollPart,
  running: pollPart,
  finishing: pollPart,
  cancelling: pollPart,
  collecting: finishPart,
};

/** The next step of a part, by where it stands. Whatever it writes down bears the database's time. */
export async function workPart(ctx: Context, due: DuePart, lease: Lease): Promise<void> {
  const verb = verbs[due.phase];
  if (!verb) return;
  const here = { ...ctx, clock: clockFrom(due.now) };
  await holdClaim(here, due, lease, async (holding) => {
    const job = await loadJob(here, due, holding);
    try {
      await verb(here, job);
    } catch (error) {
      if (error instanceof ClaimLost) throw error;
      await stepBack(here, job, error);
      if (!(error instanceof Refusal)) throw error;
    }
  });
}

/** Replicas whose clocks differ agree all the same: this process only carries the database's on. */
function clockFrom(now: number): Clock {
  const began = performance.now();
  return () => Math.round(now + performance.now() - began);
}

const failureLimit = 5;

/**
 * A step that failed for our own reasons is taken again later; its words stand in the details until then.
 * It came to an end, so it is no try that killed the process.
 */
async function stepBack(ctx: Context, job: PartJob, error: unknown): Promise<void> {
  const wait = nextWait(ctx, job.part.wait_ms);
  const failures = job.part.failures + 1;
  const reason =
    error instanceof Refusal ? 'credential_rejected' : failures >= failureLimit ? 'stalled' : null;
  const words =
    error instanceof Refusal ? error.message : 'A step failed inside Batchdeck and will be taken again.';
  await takeStep(ctx, job, {
    part: {
      wait_ms: wait,
      raw_answer: words,
      failures,
      tries: 0,
      attention: job.part.attention ?? reason,
    },
    inMs: wait,
  });
}
