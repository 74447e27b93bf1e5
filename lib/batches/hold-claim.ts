import 'server-only';
import type { Context } from '#lib/context';
import { type Claim, ClaimLost, renewClaim } from '#lib/store/claims';

export type Lease = { leaseMs: number; renewMs: number };

/** What a killed worker held is taken up within 10 s; a loop that stalls for 5 s still loses nothing. */
export const lease: Lease = { leaseMs: 7_500, renewMs: 2_500 };

/** `isHeld` is false once so much time has gone by that the part may be somebody else's, whether we heard of it or not. */
export type Holding = { signal: AbortSignal; isHeld: () => boolean };

/** Works on a part while renewing its lease. When the claim is lost the work is told to stop and its end is ignored. */
export async function holdClaim(
  ctx: Context,
  claim: Claim,
  { leaseMs, renewMs }: Lease,
  work: (holding: Holding) => Promise<void>,
): Promise<void> {
  const lost = new AbortController();
  let renewedAt = performance.now();
  const renew = async () => {
    const asked = performance.now();
    await renewClaim(ctx.db, claim, leaseMs);
    renewedAt = asked;
  };
  const renewal = setInterval(() => {
    renew().catch((error: unknown) => {
      if (error instanceof ClaimLost) lost.abort(error);
      else ctx.log.warn('A lease could not be renewed; trying again.', { part: claim.partId, error });
    });
  }, renewMs);
  try {
    await work({ signal: lost.signal, isHeld: () => performance.now() - renewedAt < leaseMs });
  } catch (error) {
    if (!(error instanceof ClaimLost || lost.signal.aborted)) throw error;
    ctx.log.warn('A part passed to another holder.', { part: claim.partId });
  } finally {
    clearInterval(renewal);
  }
}
