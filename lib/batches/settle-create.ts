import 'server-only';
import type { Context } from '#lib/context';
import { isQueueFull } from '#lib/model/queue-limit';
import type { CreateAnswer } from '#lib/providers/provider';
import { bound } from './bound.ts';
import { type PartJob, type Step, takeStep } from './part-job.ts';
import type { Reached } from './reach-provider.ts';
import { refuseKey } from './refuse-key.ts';
import { inLine } from './wait-in-line.ts';
import { heeding, nextWait, scattered } from './waits.ts';

/** What the end of a create call means is decided here and nowhere else. */
export async function settleCreate(
  ctx: Context,
  job: PartJob,
  intentId: string,
  { provider, answered }: Reached,
  answer: CreateAnswer,
): Promise<void> {
  const settled = (state: 'refused' | 'abandoned') => ({
    intent: { id: intentId, change: { state, settled_at: ctx.clock() } },
  });
  if (answer.kind === 'accepted' || answer.kind === 'refused' || answer.kind === 'wait') await answered();
  switch (answer.kind) {
    case 'accepted':
      return takeStep(ctx, job, bound(ctx, intentId, provider.capabilities, answer.report));
    case 'refused':
      return takeStep(ctx, job, refused(ctx, intentId, answer));
    case 'credential_rejected':
      return refuseKey(ctx, job, answer.message, { ...settled('refused'), unsent: true });
    case 'wait':
      return takeStep(ctx, job, {
        ...(isQueueFull(answer) ? inLine(ctx, job, answer) : waitAndSendAgain(ctx, job, answer)),
        ...settled('refused'),
      });
    case 'not_sent':
      return takeStep(ctx, job, { ...waitAndSendAgain(ctx, job, answer), ...settled('abandoned') });
    case 'lost':
      return takeStep(ctx, job, {
        part: { raw_answer: answer.message, wait_ms: 0 },
        intent: { id: intentId, change: { state: 'lost' } },
        event: { verb: 'batch.answer_lost', data: { message: answer.message } },
        inMs: 0,
      });
  }
}

type Words = { code: string; message: string; httpStatus: number };

/** Final, with the provider's words. */
export function refused(ctx: Context, intentId: string, { code, message, httpStatus }: Words): Step {
  return {
    part: { phase: 'collecting', ends_as: 'failed', error: JSON.stringify({ code, message }) },
    intent: { id: intentId, change: { state: 'refused', settled_at: ctx.clock() } },
    event: { verb: 'batch.refused', data: { code, message, status: httpStatus } },
    inMs: 0,
  };
}

/** Nothing was accepted, for certain. Told once, however often it goes wrong in a row. */
export function waitAndSendAgain(
  ctx: Context,
  { part }: PartJob,
  { message, retryAfterMs = null }: { message: string; retryAfterMs?: number | null },
): Step {
  const failures = part.failures + 1;
  const wait = nextWait(ctx, part.wait_ms);
  return {
    part: {
      phase: 'queued',
      failures,
      wait_ms: wait,
      raw_answer: message,
      attention: failures >= 5 ? 'unreachable' : null,
    },
    ...(failures === 1 || failures === 5
      ? { event: { verb: 'batch.not_sent', data: { message, failures } } }
      : {}),
    inMs: heeding(scattered(ctx, wait), retryAfterMs),
  };
}
