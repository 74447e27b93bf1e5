import type { BatchFacts } from './batch.ts';
import type { Phase } from './phase.ts';
import type { Outcome, ResultRow } from './result.ts';

/**
 * What has become of one custom_id between two sides. `changed`: both answered, and not the same. `outcome`: they ended
 * differently. `unanswered`: neither has an answer, in the same way.
 */
export const changes = ['changed', 'outcome', 'same', 'unanswered', 'onlyFirst', 'onlySecond'] as const;
export type Change = (typeof changes)[number];

/** Of the requests that both sides have. Tokens and cost are null where nobody said them. */
export type SideTotals = {
  outcomes: Partial<Record<Outcome, number>>;
  input: number | null;
  output: number | null;
  cost: string | null;
  /** Answers that have no known cost; they are not in `cost`. */
  unpriced: number;
  /** Of the words of all answers. */
  characters: number;
};

/** `models` are those of a batch; a retry may have named another one. */
export type ComparedSide = Pick<BatchFacts, 'name' | 'phase' | 'models' | 'counts'> & {
  batchId: string;
  /** Of one attempt alone; null for what the batch shows. */
  attempt: number | null;
  /** False while nothing of it can be read yet. */
  ready: boolean;
  demo: boolean;
  totals: SideTotals;
};

export type Comparison = {
  first: ComparedSide;
  second: ComparedSide;
  counts: Record<Change, number>;
  /** How many answers on both sides are JSON and were compared by value. */
  byValue: number;
};

/** `pair` is its place among all pairs: the first side's ordinals, then what only the second has. */
export type PairRow = {
  pair: number;
  customId: string;
  change: Change;
  first: ResultRow | null;
  second: ResultRow | null;
};

export type ComparisonPage = Comparison & { items: PairRow[]; nextCursor: string | null; total: number };

/** What one side said, decoded: JSON with its keys in order, all else as it was written. */
export type SideAnswer = {
  text: string;
  isJson: boolean;
  /** Of the whole; `text` may be only its beginning. */
  characters: number;
  cut: boolean;
};

export type PairDetail = PairRow & {
  answers: { first: SideAnswer | null; second: SideAnswer | null };
  previous: number | null;
  next: number | null;
};

/** A batch to compare with, and in plain words why it is named. */
export type OtherBatch = {
  id: string;
  name: string;
  phase: Phase;
  models: string[];
  requests: number;
  created: string;
  why: string;
};
