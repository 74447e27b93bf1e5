import type { Cost } from './money.ts';
import { type Attention, isOver, type Phase } from './phase.ts';
import type { Usage } from './usage.ts';

export type Counts = {
  total: number;
  succeeded: number;
  failed: number;
  cancelled: number;
  expired: number;
  missing: number;
  pending: number;
};

/** Whether the provider counts while it works (`live`) or only when it is done. */
export type CountsAre = 'live' | 'final-only';

export type Hold = 'canary' | 'budget' | 'queue' | 'connection';

export type BatchPart = {
  id: string;
  attempt: number;
  n: number;
  phase: Phase;
  rawStatus: string | null;
  /** The provider's last answer about it, cut and cleaned; or why the last step was not taken. */
  rawAnswer: string | null;
  providerBatchId: string | null;
  counts: Counts;
  hold: Hold | null;
  error: { code: string; message: string } | null;
  nextCheckAt: string | null;
};

export type Batch = {
  id: string;
  name: string;
  phase: Phase;
  attention: Attention | null;
  connection: { id: string; name: string; preset: string };
  dialect: string;
  endpoint: string | null;
  completionWindow: string | null;
  models: string[];
  counts: Counts;
  countsAre: CountsAre;
  progress: number | null;
  parts: BatchPart[];
  attempts: { n: number; phase: Phase; counts: Counts }[];
  times: {
    created: string;
    submitted: string | null;
    started: string | null;
    finished: string | null;
    expires: string | null;
  };
  usage: Usage | null;
  cost: Cost | null;
  eta: { from: string; to: string; basis: string } | null;
  checkedAt: string | null;
  /** When it last moved from one phase to another. */
  since: string;
  owner: { id: string; name: string } | null;
  tags: string[];
  note: string | null;
  file: { id: string; name: string; bytes: number };
};

/** What the list shows of a batch. */
export type BatchSummary = Omit<Batch, 'parts' | 'attempts' | 'file'>;

export const noCounts: Counts = {
  total: 0,
  succeeded: 0,
  failed: 0,
  cancelled: 0,
  expired: 0,
  missing: 0,
  pending: 0,
};

export function settledOf(counts: Counts): number {
  return counts.total - counts.pending;
}

/** An integer percent, at most 99 before the end, null when nobody counts. */
export function progressOf(phase: Phase, counts: Counts, countsAre: CountsAre): number | null {
  if (isOver(phase)) return 100;
  if (phase === 'queued' || phase === 'submitting') return 0;
  if (countsAre === 'final-only' || counts.total === 0) return null;
  return Math.min(99, Math.floor((100 * settledOf(counts)) / counts.total));
}

/** Green is only for batches in which everything succeeded. */
export function endedWell(batch: Pick<Batch, 'phase' | 'counts'>): boolean {
  return batch.phase === 'completed' && batch.counts.succeeded === batch.counts.total;
}

/** When the first of its parts is looked at again. */
export function nextCheckOf(batch: Pick<Batch, 'parts'>): string | null {
  const times = batch.parts.map((part) => part.nextCheckAt).filter((time) => time !== null);
  return times.sort()[0] ?? null;
}
