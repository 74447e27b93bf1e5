import type { Flag, Outcome } from './result.ts';
import type { Usage } from './usage.ts';

/** What is known of all results of a batch at once. */
export type Facets = {
  total: number;
  outcomes: Partial<Record<Outcome, number>>;
  flags: Partial<Record<Flag, number>>;
  /** The most frequent ones first. */
  models: { name: string; count: number }[];
  usage: Usage | null;
  cost: string | null;
  /** Tokens a request. Buckets nobody is in are left out. */
  histograms: Record<'input' | 'output' | 'tokens', Bin[]>;
};

/** How many have at least `from` and fewer than `to`. */
export type Bin = { from: number; to: number; count: number };

/** Requests that ended alike: by kind, code, HTTP status and their words without what differs. */
export type ErrorGroup = {
  key: string;
  outcome: Outcome;
  code: string | null;
  httpStatus: number | null;
  /** The words all of them share, with `<n>`, `<id>` and the like for the rest. */
  pattern: string;
  count: number;
  /** Of all results, 0 to 1. */
  share: number;
  first: number;
  last: number;
  /** One of them in full: the first. */
  example: { ordinal: number; customId: string; message: string | null };
};
