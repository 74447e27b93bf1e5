import 'server-only';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from '#lib/context';
import type { CreateAnswer } from '#lib/providers/provider';
import { ClaimLost } from '#lib/store/claims';
import { keepLateAnswer } from './keep-late-answer.ts';
import type { PartJob } from './part-job.ts';
import type { Reached } from './reach-provider.ts';
import { settleCreate } from './settle-create.ts';

/** So long a store may be away before an answer that only this process knows is given up. */
const patienceMs = 120_000;
const waits = { firstMs: 100, mostMs: 5_000 };

/**
 * Writes down how a create call ended. Nobody else heard it, and no provider says it twice: a store that cannot be
 * written just now is tried again. Whoever has lost the part by then leaves the answer on the intent.
 */
export async function recordAnswer(
  ctx: Context,
  job: PartJob,
  intentId: string,
  reached: Reached,
  answer: CreateAnswer,
): Promise<void> {
  let passedOn: ClaimLost | null = null;
  const record = async () => {
    try {
      if (passedOn === null) return await settleCreate(ctx, job, intentId, reached, answer);
    } catch (error) {
      if (!(error instanceof ClaimLost)) throw error;
      passedOn = error;
    }
    await keepLateAnswer(ctx, job, intentId, answer);
    throw passedOn;
  };
  const end = performance.now() + patienceMs;
  for (let waitMs = waits.firstMs; ; waitMs = Math.min(waits.mostMs, 2 * waitMs)) {
    try {
      return await record();
    } catch (error) {
      const known = answer.kind !== 'lost' && !(error instanceof ClaimLost);
      if (!known || performance.now() > end) throw error;
      ctx.log.warn('An answer could not be written down; trying again.', { part: job.part.id, error });
    }
    await sleep(waitMs);
  }
}
