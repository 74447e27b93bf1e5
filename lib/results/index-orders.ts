import 'server-only';
import type { FieldFacts } from '#lib/model/answer-field';
import type { AnomalyKind } from '#lib/model/reconciliation';
import type { Outcome, ResultRow } from '#lib/model/result';
import type { ErrorGroup, Facets } from '#lib/model/result-facets';
import type { ResultSort, ResultsFilter } from '#lib/model/result-query';
import type { ModelSpend } from '#lib/model/spend';
import type { Usage } from '#lib/model/usage';
import type { ExportName } from '#lib/paths';
import type { CompareOrders } from './compare-orders.ts';
import type { After } from './cursor.ts';
import type { Blocks } from './index/blocks.ts';
import type { Tariff } from './index/till.ts';

/** What can be asked of the index workers: plain data both ways. Files are paths on this machine. */
export type BuildOrder = {
  /** The first attempt for a base, all later ones for what stands beside it. */
  attempts: AttemptInput[];
  dialect: string;
  preset: string;
  base: string | null;
  tariff: Tariff;
  out: { index: string; text: string };
};

/** `coming` where the file is still being written. */
type KeptFile = { key: string; file: string; coming?: Blocks };
export type AttemptInput = { n: number; input: KeptFile; parts: PartInput[] };

/** A part of an attempt; first and last count the requests of its file. */
export type PartInput = {
  id: string;
  first: number;
  last: number;
  segments: KeptFile[];
  /** A part refused as a whole: its lines are `failed` with its code. */
  refused: { code: string; message: string } | null;
  /** What becomes of lines without an answer: `cancelled` where the part was never sent. */
  unanswered: 'missing' | 'cancelled';
};

export type Totals = {
  /** By part. */
  counts: Record<string, Record<Outcome, number>>;
  /** Of the whole batch, as it is shown. */
  merged: Record<Outcome, number>;
  /** Of all answers, shown or not. */
  usage: Usage | null;
  costNano: number | null;
  spent: ModelSpend[];
};

/** `retries` stand beside the base after a second attempt; `texts` are there where something is searched. */
export type IndexFiles = {
  base: string;
  retries: string | null;
  texts?: string[];
  /** Of the base and of what stands beside it; there where fields of the answers are asked for. */
  fields?: string[];
};

/** The fields of all answers of one of both files, written to `out`. */
export type GatherOrder = { files: IndexFiles; of: 'base' | 'retries'; sources: Sources; out: string };

/** Where the bytes of a row stand: in the file of its attempt, and in a segment by its place among all segments. */
export type Place = { offset: number; length: number };
export type IndexedRow = ResultRow & {
  errorMessage: string | null;
  input: Place;
  output: (Place & { segment: number }) | null;
};

/** Blob keys, kept in the index itself: it stays right whatever happens to the parts later. */
export type Sources = { inputs: Record<number, string>; segments: string[] };

export type Asked = { files: IndexFiles; filter: ResultsFilter; sort?: ResultSort };
/** A page begins behind a row, or at a place in the order, counted from 0. */
export type PageOrder = Asked & { from: After | number; limit: number; fields?: string[] };
export type Page = { rows: IndexedRow[]; next: After | null; total: number; sources: Sources };

export type RowOrder = Asked & { ordinal: number };
/** `tries` is what each attempt has made of it. */
export type RowAround = Sources & {
  row: IndexedRow;
  tries: IndexedRow[];
  previous: number | null;
  next: number | null;
};

export type GroupsOrder = { files: IndexFiles; after: number; limit: number };
export type GroupsPage = { groups: ErrorGroup[]; total: number };

/** `sources` are the same as the index names, as paths. */
export type ExportOrder = {
  files: IndexFiles;
  name: Exclude<ExportName, 'results.sqlite'>;
  filter: ResultsFilter;
  /** Of a CSV: the places of further columns in the JSON of each row. */
  columns: string[];
  sources: Sources;
  /** From a byte to before another. */
  range?: ByteSpan;
};
export type ByteSpan = { from: number; to: number };
export type Measured = { bytes: number; sha256: string };
export type SqliteOrder = Pick<ExportOrder, 'files' | 'filter' | 'sources'> & {
  bodies: boolean;
  out: string;
};

/** Chosen lines of a batch for a file of their own. `input` is the batch's own file, `out` where they are written. */
export type DeriveOrder = {
  files: IndexFiles;
  filter: ResultsFilter;
  customIds: string[] | null;
  overrides: Record<string, unknown> | null;
  input: string;
  out: string;
};
export type Derived = {
  /** Ids that no request of the batch has. */
  unknown: string[];
  /** How the chosen lines had ended. */
  outcomes: Record<Outcome, number>;
  requests: number;
};

/** Lines of all attempts against the requests of the batch. Outcomes by their codes. */
export type Balance = {
  total: number;
  outcomes: Record<string, number>;
  answers: number;
  anomalies: Partial<Record<AnomalyKind, number>>;
};
export type Anomaly = {
  id: string;
  kind: AnomalyKind;
  customId: string | null;
  ordinal: number | null;
  attempt: number;
  place: Place & { segment: number };
};
export type AnomaliesOrder = { files: IndexFiles; kind: AnomalyKind; after: string | null; limit: number };
export type AnomalyOrder = { files: IndexFiles; id: string };

export type Orders = CompareOrders & {
  build: { order: BuildOrder; answer: Totals };
  page: { order: PageOrder; answer: Page };
  row: { order: RowOrder; answer: RowAround | null };
  facets: { order: { files: IndexFiles }; answer: Facets };
  groups: { order: GroupsOrder; answer: GroupsPage };
  sources: { order: { files: IndexFiles }; answer: Sources };
  gather: { order: GatherOrder; answer: null };
  fields: { order: { files: IndexFiles }; answer: FieldFacts[] };
  export: { order: ExportOrder; answer: null };
  measure: { order: ExportOrder; answer: Measured };
  sqlite: { order: SqliteOrder; answer: null };
  derive: { order: DeriveOrder; answer: Derived };
  balance: { order: { files: IndexFiles }; answer: Balance };
  anomalies: { order: AnomaliesOrder; answer: { items: Anomaly[] } & Sources };
  anomaly: { order: AnomalyOrder; answer: ({ anomaly: Anomaly } & Sources) | null };
};
export type OrderName = keyof Orders;
