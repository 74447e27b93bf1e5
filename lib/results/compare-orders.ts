import 'server-only';
import type { Change, SideAnswer } from '#lib/model/comparison';
import type { Outcome } from '#lib/model/result';
import type { PairFileName } from '#lib/paths';
import type { IndexedRow, IndexFiles, Place, Sources } from './index-orders.ts';

/** One side of a comparison: what a batch shows, or one later attempt of it alone. */
export type SideFiles = { files: IndexFiles; attempt: number | null };

/** By ordinal what tells an answer from another, 0 where there is none, and how many characters it has. */
export type Marked = { marks: Float64Array; characters: Float64Array };
/** `segments` are those the index names, as paths. */
export type MarksOrder = SideFiles & { segments: string[] };

export type SideSums = {
  outcomes: Partial<Record<Outcome, number>>;
  input: number | null;
  output: number | null;
  costNano: number | null;
  unpriced: number;
  characters: number;
};

export type CompareOrder = SideFiles & Marked & { second: SideFiles & Marked };
/**
 * Pairs are counted from 1: the ordinals of the first side, then `strangers`, which only the second has. `theirs` tells
 * by ordinal of the first side who stands beside it; `changes` by pair what has changed, as its place in the list of
 * changes and one more, 0 for what is no pair.
 */
export type Compared = {
  theirs: Uint32Array;
  strangers: Uint32Array;
  changes: Uint8Array;
  counts: Record<Change, number>;
  byValue: number;
  first: SideSums;
  second: SideSums;
};

export type RowsOrder = SideFiles & { ordinals: number[] };
export type RowsFound = { rows: IndexedRow[]; sources: Sources };

/** What one line of a segment says. */
export type SaidOrder = { file: string; place: Place };

export type NamedOrder = SideFiles & { q: string };

/** `pairs` are ordinals of both sides, one beside the other, 0 where a side has none. */
export type PairsOrder = MarksOrder & {
  second: MarksOrder;
  pairs: Uint32Array;
  changes: Uint8Array;
  name: PairFileName;
};

export type CompareOrders = {
  marks: { order: MarksOrder; answer: Marked };
  compare: { order: CompareOrder; answer: Compared };
  rows: { order: RowsOrder; answer: RowsFound };
  said: { order: SaidOrder; answer: SideAnswer };
  named: { order: NamedOrder; answer: Uint8Array };
  pairs: { order: PairsOrder; answer: null };
  /** Some ids of a batch, evenly taken. */
  sample: { order: { files: IndexFiles; count: number }; answer: string[] };
  /** How many of these ids a batch has. */
  shared: { order: { files: IndexFiles; ids: string[] }; answer: number };
};
