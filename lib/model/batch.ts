import type { Cost } from './money.ts';
import { type Attention, isOver, type Phase } from './phase.ts';
import type { ModelCost } from './spend.ts';
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

/** A batch at the provider that may be ours; `sure` where it bears our mark. */
export type Candidate = {
  id: string;
  createdAt: string | null;
  requests: number | null;
  succeeded: number | null;
  failed: number | null;
  status: string;
  sure: boolean;
};

/** A create call whose answer was lost, and whose fate a person has to decide. */
export type LostCall = {
  sentAt: string;
  /** From when on it may be sent again, by the database's clock. */
  freeAt: string;
  /** What of the provider's list could be it; null where it lists nothing. */
  candidates: Candidate[] | null;
};

export type BatchPart = {
  id: string;
  attempt: number;
  n: number;
  phase: Phase;
  attention: Attention | null;
  firstOrdinal: number;
  lastOrdinal: number;
  rawStatus: string | null;
  /** The provider's last answer about it, cut and cleaned; or why the last step was not taken. */
  rawAnswer: string | null;
  providerBatchId: string | null;
  /** Where the provider's own console shows it, if one is known. */
  consoleUrl: string | null;
  counts: Counts;
  hold: Hold | null;
  error: { code: string; message: string } | null;
  nextCheckAt: string | null;
  /** How many calls in a row went wrong. */
  failures: number;
  /** When anything about it last changed at the provider. */
  movedAt: string | null;
  lostCall: LostCall | null;
  /** The answer to its create call was lost, and it is looked for at the provider. */
  settling: boolean;
  /** Batches at the provider that came of calls given up here, and are not followed. */
  strays: string[];
  /** What was downloaded: lines and a hash of the bytes. */
  received: { lines: number; sha256: string } | null;
};

/** Nothing is called over it meanwhile. `why` are the words of the person who paused it, `waiting` its unfinished batches. */
export type ConnectionPause = { at: string; why: string | null; keyRefused: boolean; waiting: number };

/** What is worth knowing and needs nobody now. */
export type Notice = {
  code: 'results_expire' | 'results_gone' | 'stray';
  part: number;
  message: string;
  at: string | null;
};

/**
 * Between when and when it will be done, and what says so: its own counts, or how long others of its size took here;
 * then `seen` is how many these were.
 */
export type Eta = { from: string; to: string; basis: 'rate' | 'history'; seen: number | null };

/** Why nobody can say when it will be done. */
export type EtaUnknown = 'not_sent' | 'no_history' | 'no_movement' | 'overdue' | 'waiting';

export type Batch = {
  id: string;
  name: string;
  phase: Phase;
  attention: Attention | null;
  connection: { id: string; name: string; preset: string; paused: ConnectionPause | null };
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
  /** Answers that no price is known for; they are not in `cost`. */
  unpriced: number;
  /** What it has cost by model, the dearest first. */
  spent: ModelCost[];
  eta: Eta | null;
  etaUnknown: EtaUnknown | null;
  notices: Notice[];
  /** The person's own pairs, and headers of its own that went with every call. */
  metadata: Record<string, string>;
  headers: Record<string, string>;
  checkedAt: string | null;
  /** When it last moved from one phase to another. */
  since: string;
  owner: { id: string; name: string } | null;
  tags: string[];
  note: string | null;
  file: { id: string; name: string; bytes: number };
};

/** What the list shows of a batch. */
export type BatchSummary = Omit<Batch, 'parts' | 'attempts' | 'file' | 'notices' | 'headers' | 'spent'>;

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

/** An integer percent, at most 99 before the end; without counts the provider's own word, null where it has none. */
export function progressOf(
  phase: Phase,
  counts: Counts,
  countsAre: CountsAre,
  said: number | null = null,
): number | null {
  if (isOver(phase)) return 100;
  if (phase === 'queued' || phase === 'submitting') return 0;
  if (countsAre === 'final-only' || counts.total === 0) return said === null ? null : Math.min(99, said);
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

/** What stands in the row of a batch alone; no more is told to who comes by a link. */
export type BatchFacts = Pick<
  Batch,
  | 'name'
  | 'phase'
  | 'models'
  | 'counts'
  | 'countsAre'
  | 'progress'
  | 'times'
  | 'usage'
  | 'cost'
  | 'unpriced'
  | 'checkedAt'
>;
