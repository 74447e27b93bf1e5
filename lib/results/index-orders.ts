import 'server-only';
import type { Outcome, ResultRow } from '#lib/model/result';
import type { Usage } from '#lib/model/usage';

/** What can be asked of the index workers: plain data both ways. Files are paths on this machine. */
export type BuildOrder = {
  input: string;
  dialect: string;
  preset: string;
  parts: PartInput[];
  out: string;
};

export type PartInput = {
  first: number;
  last: number;
  attempt: number;
  segments: { key: string; file: string }[];
  /** A part refused as a whole: its lines are `failed` with its code. */
  refused: { code: string; message: string } | null;
  /** What becomes of lines without an answer: `cancelled` where the part was never sent. */
  unanswered: 'missing' | 'cancelled';
};

export type Totals = {
  /** One entry a part, in the order of the parts. */
  counts: Record<Outcome, number>[];
  usage: Usage | null;
  costNano: number | null;
};

export type RowsOrder = { file: string; outcomes: Outcome[]; after: number; limit: number };

/** Where the bytes of a row stand: in the input file, and in a segment by its place among all segments. */
export type Place = { offset: number; length: number };
export type IndexedRow = ResultRow & {
  errorMessage: string | null;
  input: Place;
  output: (Place & { segment: number }) | null;
};
/** `segments` are blob keys, kept in the index itself: it stays right whatever happens to the parts later. */
export type RowsPage = { rows: IndexedRow[]; segments: string[] };
export type CountOrder = { file: string; outcomes: Outcome[] };
export type RowOrder = { file: string; ordinal: number; outcomes: Outcome[] };
export type RowAround = {
  row: IndexedRow;
  previous: number | null;
  next: number | null;
  segments: string[];
};

export type Orders = {
  build: { order: BuildOrder; answer: Totals };
  rows: { order: RowsOrder; answer: RowsPage };
  count: { order: CountOrder; answer: number };
  row: { order: RowOrder; answer: RowAround | null };
};
export type OrderName = keyof Orders;
