import type { FieldValue } from './answer-field.ts';
import type { Usage } from './usage.ts';

export const outcomes = ['succeeded', 'failed', 'cancelled', 'expired', 'missing', 'unparseable'] as const;
export type Outcome = (typeof outcomes)[number];
export const flags = ['truncated', 'refused'] as const;
export type Flag = (typeof flags)[number];

/** What a provider said about one request, in our words. A dialect's mapper makes it from one line. */
export type ResultRecord = {
  customId: string | null;
  outcome: Outcome;
  flags: Flag[];
  httpStatus: number | null;
  errorCode: string | null;
  errorMessage: string | null;
  model: string | null;
  finishReason: string | null;
  usage: Usage | null;
  /** Nano-units of `currency`, where the provider itself says what it charged. */
  costNano: number | null;
  /** The first words of the answer or of the error, one line, at most 200 characters. */
  preview: string;
  /** All its words, to search in. */
  text: string;
};

/** One row of the results table, as our API gives it. */
export type ResultRow = {
  ordinal: number;
  customId: string;
  outcome: Outcome;
  flags: Flag[];
  httpStatus: number | null;
  errorCode: string | null;
  group: string | null;
  model: string | null;
  finishReason: string | null;
  usage: Usage | null;
  cost: string | null;
  attempt: number;
  preview: string;
  /** Where a search found its words; only on rows that one has found. */
  hit?: Hit;
  /** The fields of its answer that were asked for, in that order. */
  fields?: FieldValue[];
};

export const hitPlaces = ['customId', 'prompt', 'answer'] as const;
export type HitPlace = (typeof hitPlaces)[number];
export type Hit = {
  in: HitPlace[];
  /** The words with a little of what stands around them; null where the line is too long to be read for it. */
  snippet: { in: HitPlace; before: string; match: string; after: string } | null;
};

/** One result in full. Bodies are the exact bytes as text; the page parses what it wants to show. */
export type ResultDetail = ResultRow & {
  errorMessage: string | null;
  /** The request line as it was sent, cut at `previewLimit`. */
  request: RawText;
  /** The provider's line, or null where it never answered. */
  response: RawText | null;
  /** What each attempt has made of it, side by side; empty where there was only one. */
  attempts: AttemptDetail[];
  previous: number | null;
  next: number | null;
};

/** One attempt at a request. Which of them is shown as the result is the result's own `attempt`. */
export type AttemptDetail = Omit<ResultRow, 'ordinal' | 'customId' | 'hit' | 'fields'> & {
  errorMessage: string | null;
  request: RawText;
  response: RawText | null;
};

export type RawText = { text: string; bytes: number; cut: boolean };
export const previewLimit = 65_536;
