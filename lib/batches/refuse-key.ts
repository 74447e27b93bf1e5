import 'server-only';
import type { Kysely } from 'kysely';
import type { Context } from '#lib/context';
import { pauseForKey } from '#lib/store/pauses';
import type { Schema } from '#lib/store/schema';
import { takeTurn } from '#lib/store/settings';
import { type PartJob, type Step, takeStep } from './part-job.ts';
import { retryKeyMs, turnOf } from './reach-provider.ts';

/**
 * Nothing was accepted and nothing will be until somebody replaces the key: the whole connection rests. The part
 * that heard it first asks for a person; the others wait and say why. A key that was replaced meanwhile is tried at once.
 */
export async function refuseKey(
  ctx: Context,
  job: PartJob,
  message: string,
  more: Pick<Step, 'intent'> & { unsent?: boolean } = {},
): Promise<void> {
  const { unsent = false, ...rest } = more;
  const heard = { ...(unsent ? { phase: 'queued' as const } : {}), raw_answer: message };
  await takeStep(ctx, job, async (trx) => {
    const refusal = await pauseForKey(trx, job.connection, ctx.clock());
    if (refusal === 'outdated') return { ...rest, part: heard, inMs: 0 };
    await takeTurn(trx, turnOf(job.connection.id), retryKeyMs);
    const first = refusal === 'first';
    const alerts = first || !(await isTold(trx, job));
    return {
      ...rest,
      part: { ...heard, hold: 'connection', attention: alerts ? 'credential_rejected' : null },
      ...(first ? { event: { verb: 'batch.credential_rejected', data: { message } } } : {}),
      inMs: ctx.env.BATCHDECK_POLL_SECONDS.ceilingMs,
    };
  });
}

/** Whether another part of this connection asks for a person already. */
async function isTold(db: Kysely<Schema>, { part, connection }: PartJob): Promise<boolean> {
  const told = await db
    .selectFrom('parts')
    .innerJoin('batches', 'batches.id', 'parts.batch_id')
    .select('parts.id')
    .where('parts.hold', '=', 'connection')
    .where('parts.attention', '=', 'credential_rejected')
    .where('batches.connection_id', '=', connection.id)
    .where('parts.id', '!=', part.id)
    .executeTakeFirst();
  return told !== undefined;
}
