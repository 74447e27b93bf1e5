import 'server-only';
import { flags, type Outcome, outcomes, type ResultRecord } from '#lib/model/result';
import type { Usage } from '#lib/model/usage';

/** What is known of one request, as the columns of its row that follow its name. */
export type AnswerCells = (string | number | null)[];

export const answerColumns = [
  'outcome',
  'flags',
  'http_status',
  'error_code',
  'error_message',
  'finish_reason',
  'input',
  'output',
  'cached_read',
  'cache_write',
  'reasoning',
  'total',
  'cost_nano',
  'preview',
] as const;
export type AnswerColumn = (typeof answerColumns)[number];

/** Where in the cells a column stands. */
export const cell = Object.fromEntries(answerColumns.map((name, n) => [name, n])) as Record<
  AnswerColumn,
  number
>;

export function cellsOf(record: ResultRecord): AnswerCells {
  return [
    outcomes.indexOf(record.outcome),
    record.flags.length === 0 ? 0 : bitsOf(record.flags),
    record.httpStatus,
    record.errorCode,
    record.errorMessage,
    record.finishReason,
    ...usageCells(record.usage),
    record.costNano,
    record.preview,
  ];
}

/** Tokens in the order of their columns. */
export function usageCells(usage: Usage | null): (number | null)[] {
  if (!usage) return [null, null, null, null, null, null];
  const { input, output, cachedRead, cacheWrite, reasoning, total } = usage;
  return [input, output, cachedRead, cacheWrite, reasoning, total];
}

/** A request nobody answered: with the words of who refused its part, or none. */
export function cellsWithout(
  outcome: Outcome,
  refused: { code: string; message: string } | null,
): AnswerCells {
  const said = { error_code: refused?.code, error_message: refused?.message };
  const preview = refused?.message.slice(0, 200) ?? '';
  const known: Partial<Record<AnswerColumn, string | number>> = {
    ...said,
    outcome: outcomes.indexOf(outcome),
    flags: 0,
    preview,
  };
  return answerColumns.map((name) => known[name] ?? null);
}

/** Flags as the bits of a number, in the order of their list. */
export function bitsOf(set: readonly (typeof flags)[number][]): number {
  return set.reduce((bits, flag) => bits | (1 << flags.indexOf(flag)), 0);
}

export function flagsOf(bits: number): (typeof flags)[number][] {
  return flags.filter((_, n) => (bits & (1 << n)) !== 0);
}
