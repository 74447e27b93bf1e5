import 'server-only';
import { waits } from '#lib/outbound/outbound';
import type { IntentRow } from '#lib/store/batches';
import { lease } from './hold-claim.ts';

/** A create call may still be under way for this long after it left: the lease, then the whole call. */
export const settleMs = lease.leaseMs + waits.connectMs + waits.createHeadersMs;

/** From when on a person may send again, by the database's clock. */
export function freeAt({ sent_at, created_at }: Pick<IntentRow, 'sent_at' | 'created_at'>): number {
  return (sent_at ?? created_at) + settleMs;
}
