import 'server-only';
import type { Dialect } from '#lib/model/connection';
import type { Course } from './course.ts';

/** What was asked for. Where it stands follows from this, what was found in it, and the clock alone. */
export type SandboxBatch = {
  id: string;
  dialect: Dialect;
  fileId: string;
  /** Counts up from one over all batches and files. */
  taskId: number;
  createdAt: number;
  bodySha256: string | null;
  metadata: Record<string, unknown> | null;
  nonce: string | null;
  /** What an OpenAI create names besides its file. */
  order: Order | null;
};

export type Order = {
  endpoint: string;
  outputFileId: string;
  errorFileId: string;
  outputsExpireAt: number | null;
};

/** What was found in the request lines. */
export type Contents = {
  bytes: number;
  requests: number;
  /** The same for the same lines, whoever sends them and however often. */
  mark: string;
  course: Course;
  /** How many of the first n percent of the requests fail, run out of time, or are never answered; 0 to 100. */
  failed: number[];
  expired: number[];
  silent: number[];
};

export type LineError = { code: string; message: string; param: string | null; line: number | null };

/** OpenAI reads a file only after it has accepted the batch, so there is a time without a verdict. */
export type Verdict = { at: number; contents: Contents } | { at: number; errors: LineError[] };

export type Cancellation = { askedAt: number };

export type ResultRole = 'output' | 'error';

/** The requests among the first `percent` percent. */
export function upTo(percent: number, requests: number): number {
  return Math.floor((percent * requests) / 100);
}
