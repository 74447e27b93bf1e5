import 'server-only';
import { waits } from '#lib/outbound/outbound';
import type { IntentRow } from '#lib/store/batches';
import { lease } from './hold-claim.ts';

/** A create call may still be under way for this long: the lease, then the whole call. */
export const settleMs = lease.leaseMs + waits.connectMs + waits.createHeadersMs;

/**
 * From when on a person may send again, by the database's clock. Lines may leave for long, so where nobody heard how
 * the call ended it counts from when its holder was found to be gone.
 */
export function freeAt({
  sent_at,
  created_at,
  settled_at,
}: Pick<IntentRow, 'sent_at' | 'created_at' | 'settled_at'>): number {
  return Math.max(sent_at ?? created_at, settled_at ?? 0) + settleMs;
}
