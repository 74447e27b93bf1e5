import type { Outcome, RawText } from './result.ts';

/** What came back and fits no request as its answer. */
export const anomalyKinds = ['duplicate', 'conflicting', 'unknown', 'unparseable'] as const;
export type AnomalyKind = (typeof anomalyKinds)[number];
export const mismatchKinds = ['missing', ...anomalyKinds] as const;
export type MismatchKind = (typeof mismatchKinds)[number];

/** Submitted against received: every request stands under one outcome, every line is an answer or a mismatch. */
export type Reconciliation = {
  submitted: number;
  /** Lines that came, of all attempts. */
  received: number;
  /** How the requests stand; together as many as were submitted. */
  outcomes: Partial<Record<Outcome, number>>;
  mismatches: Record<MismatchKind, number>;
  items: Mismatch[];
  nextCursor: string | null;
};

export type Mismatch = {
  kind: MismatchKind;
  /** By which its line can be had; a missing answer has none. */
  id: string | null;
  customId: string | null;
  /** The request it names; null for strangers. */
  ordinal: number | null;
  attempt: number;
  raw: RawText | null;
};
