import 'server-only';
import type { Outcome, ResultRow } from '#lib/model/result';

export type BuildOrder = {
  input: string;
  segments: { file: string; part: number; attempt: number }[];
  dialect: string;
  preset: string;
  /** Lines of parts that were refused as a whole: they are `failed` with this code. */
  refused: { first: number; last: number; code: string; message: string }[];
  out: string;
};

export type IndexPool = {
  rows(file: string, query: { outcomes: Outcome[]; after: number; limit: number }): Promise<ResultRow[]>;
  close(): Promise<void>;
};
