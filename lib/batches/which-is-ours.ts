import 'server-only';
import type { Candidate } from '#lib/providers/provider';

/** A batch of the provider's list that may be a lost one, as a person is shown it. */
export type Seen = {
  id: string;
  createdAt: number | null;
  requests: number | null;
  succeeded: number | null;
  failed: number | null;
  status: string;
  sure: boolean;
};

/**
 * The one that bears our mark. Where none does, the only one that fits, and then only if the look before saw just
 * that one and no other lost call of ours could be it.
 */
export function onlyMatch(found: Candidate[], before: Seen[], rivals: boolean): Candidate | null {
  const sure = found.filter((one) => one.sure);
  const [only, another] = sure.length > 0 ? sure : found;
  if (!only || another) return null;
  if (only.sure) return only;
  const steady = before.length === 1 && before[0]?.id === only.report.providerBatchId;
  return steady && !rivals ? only : null;
}

export function seenOf(found: Candidate[]): Seen[] {
  return found.slice(0, 50).map(({ report, sure }) => ({
    id: report.providerBatchId,
    createdAt: report.createdAt,
    requests: report.counts?.total ?? null,
    succeeded: report.counts?.succeeded ?? null,
    failed: report.counts?.failed ?? null,
    status: report.rawStatus,
    sure,
  }));
}
