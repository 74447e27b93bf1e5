import 'server-only';
import type { Outcome, ResultRow } from '#lib/model/result';
import type { ErrorGroup, Facets } from '#lib/model/result-facets';
import type { ResultSort, ResultsFilter } from '#lib/model/result-query';
import type { ModelSpend } from '#lib/model/spend';
import type { Usage } from '#lib/model/usage';
import type { ExportName } from '#lib/paths';
import type { After } from './cursor.ts';
import type { Tariff } from './index/till.ts';

/** What can be asked of the index workers: plain data both ways. Files are paths on this machine. */
export type BuildOrder = {
  input: { key: string; file: string };
  dialect: string;
  preset: string;
  tariff: Tariff;
  parts: PartInput[];
  out: { base: string; text: string };
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
  spent: ModelSpend[];
};

/** `text` is there where something is searched. */
export type IndexFiles = { base: string; text?: string };

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
export type PageOrder = Asked & { after: After | null; limit: number };
export type Page = { rows: IndexedRow[]; next: After | null; total: number; sources: Sources };

export type RowOrder = Asked & { ordinal: number };
export type RowAround = Sources & { row: IndexedRow; previous: number | null; next: number | null };

export type GroupsOrder = { files: IndexFiles; after: number; limit: number };
export type GroupsPage = { groups: ErrorGroup[]; total: number };

/** `sources` are the same as the index names, as paths. */
export type ExportOrder = { files: IndexFiles; name: ExportName; filter: ResultsFilter; sources: Sources };

export type Orders = {
  build: { order: BuildOrder; answer: Totals };
  page: { order: PageOrder; answer: Page };
  row: { order: RowOrder; answer: RowAround | null };
  facets: { order: { files: IndexFiles }; answer: Facets };
  groups: { order: GroupsOrder; answer: GroupsPage };
  sources: { order: { files: IndexFiles }; answer: Sources };
  export: { order: ExportOrder; answer: null };
};
export type OrderName = keyof Orders;
