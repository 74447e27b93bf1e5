import 'server-only';
import { reachConnection } from '#lib/connections/reach-connection';
import type { Context } from '#lib/context';
import type { Provider, ProviderFetch } from '#lib/providers/provider';
import { isKeyRefused, isPaused, liftPause } from '#lib/store/pauses';
import { takeTurn } from '#lib/store/settings';
import { type PartJob, takeStep } from './part-job.ts';

/** `answered` is told when the provider took the key, so that a pause for a refused one ends. */
export type Reached = { provider: Provider; fetch: ProviderFetch; answered: () => Promise<void> };

/** How often a key that was refused is tried again, in case the provider has changed its mind. */
export const retryKeyMs = 15 * 60_000;

/** Null while the connection is paused: then nobody is called, and the part has taken the step to wait. */
export async function reachProvider(ctx: Context, job: PartJob): Promise<Reached | null> {
  if (await mustWait(ctx, job)) return null;
  const own = JSON.parse(job.batch.headers) as Record<string, string>;
  const { provider, fetch } = await reachConnection(ctx, job.connection.id, own);
  const answered = () =>
    isKeyRefused(job.connection) ? liftPause(ctx.db, job.connection) : Promise.resolve();
  return { provider, fetch, answered };
}

async function mustWait(ctx: Context, job: PartJob): Promise<boolean> {
  const { connection, part } = job;
  if (connection.paused_at === null) return false;
  const refused = isKeyRefused(connection);
  if (refused && (await takeTurn(ctx.db, turnOf(connection.id), retryKeyMs))) return false;
  const pressing =
    part.attention === 'needs_decision' || (refused && part.attention === 'credential_rejected');
  await takeStep(ctx, job, async (trx) => {
    // Whoever ends the pause wakes those that wait by then; one that begins to wait after it would be missed.
    if (!(await isPaused(trx, connection.id))) return { part: {}, inMs: 0 };
    return {
      part: { hold: 'connection', attention: pressing ? part.attention : refused ? null : 'held' },
      inMs: ctx.env.BATCHDECK_POLL_SECONDS.ceilingMs,
    };
  });
  return true;
}

export function turnOf(connectionId: string): string {
  return `key-tried:${connectionId}`;
}
