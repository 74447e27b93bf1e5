import 'server-only';
import type { Context } from '#lib/context';
import { type Claim, ClaimLost, renewClaim } from '#lib/store/claims';

export type Lease = { leaseMs: number; renewMs: number };

/** What a killed worker held is taken up within 10 s; a loop that stalls for 5 s still loses nothing. */
export const lease: Lease = { leaseMs: 7_500, renewMs: 2_500 };

/** Works on a part while renewing its lease. When the claim is lost the work is told to stop and its end is ignored. */
export async function holdClaim(
  ctx: Context,
  claim: Claim,
  lease: Lease,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const lost = new AbortController();
  const renewal = setInterval(() => {
    renewClaim(ctx.db, claim, lease.leaseMs).catch((error: unknown) => {
      if (error instanceof ClaimLost) lost.abort(error);
      else ctx.log.warn('A lease could not be renewed; trying again.', { part: claim.partId, error });
    });
  }, lease.renewMs);
  try {
    await work(lost.signal);
  } catch (error) {
    if (!(error instanceof ClaimLost || lost.signal.aborted)) throw error;
    ctx.log.warn('A part passed to another holder.', { part: claim.partId });
  } finally {
    clearInterval(renewal);
  }
}
