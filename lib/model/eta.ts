import { type Counts, type CountsAre, type EtaUnknown, settledOf } from './batch.ts';
import type { Phase } from './phase.ts';
import { quantile } from './track-record.ts';

export type Outlook = {
  phase: Phase;
  counts: Counts;
  countsAre: CountsAre;
  submittedAt: number | null;
  startedAt: number | null;
  /** When its counts last changed. */
  movedAt: number | null;
  /** How long finished batches of about its size took on this connection. */
  took: number[];
  now: number;
};

export type Span = { from: number; to: number; basis: 'rate' | 'history'; seen: number | null };

const leastHistory = 3;
/** From so few answers no rate is read. */
const leastShare = 0.02;

/**
 * When a batch will be done: from the rate at which its answers come, where they are counted; else from how long
 * its like took here. It is reckoned from the last change, so that it stands still between two of them.
 */
export function etaOf(outlook: Outlook): Span | EtaUnknown {
  const { phase, submittedAt } = outlook;
  if (phase === 'collecting' || phase === 'cancelling' || phase === 'finishing') return 'waiting';
  if (submittedAt === null) return 'not_sent';
  return byRate(outlook) ?? byHistory(outlook, submittedAt);
}

function byRate({ counts, countsAre, startedAt, movedAt, now }: Outlook): Span | EtaUnknown | null {
  const settled = settledOf(counts);
  if (countsAre !== 'live' || startedAt === null || movedAt === null) return null;
  if (settled < Math.max(1, counts.total * leastShare) || movedAt <= startedAt) return null;
  const left = (counts.pending * (movedAt - startedAt)) / settled;
  const to = Math.round(movedAt + left * 1.4);
  if (now > to) return 'no_movement';
  return { from: Math.round(movedAt + left * 0.8), to, basis: 'rate', seen: null };
}

function byHistory({ took, now }: Outlook, submittedAt: number): Span | EtaUnknown {
  if (took.length < leastHistory) return 'no_history';
  const sorted = [...took].sort((a, b) => a - b);
  const to = submittedAt + quantile(sorted, 0.9);
  if (now > to) return 'overdue';
  return { from: submittedAt + quantile(sorted, 0.25), to, basis: 'history', seen: sorted.length };
}
