import 'server-only';
import type { Outcome, ResultRecord } from '#lib/model/result';

/** What is known of one request, as the columns of its row that follow its name. */
export type AnswerCells = (string | number | null)[];

export const answerColumns = [
  'outcome',
  'flags',
  'http_status',
  'error_code',
  'error_message',
  'error_group',
  'model',
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
type Column = (typeof answerColumns)[number];

/** Where in the cells a column stands. */
export const cell = Object.fromEntries(answerColumns.map((name, n) => [name, n])) as Record<Column, number>;

export function cellsOf(record: ResultRecord): AnswerCells {
  const { usage } = record;
  return [
    record.outcome,
    record.flags.join(' '),
    record.httpStatus,
    record.errorCode,
    record.errorMessage,
    record.outcome === 'succeeded' ? null : (record.errorCode ?? record.outcome),
    record.model,
    record.finishReason,
    usage?.input ?? null,
    usage?.output ?? null,
    usage?.cachedRead ?? null,
    usage?.cacheWrite ?? null,
    usage?.reasoning ?? null,
    usage?.total ?? null,
    record.costNano,
    record.preview,
  ];
}

/** A request nobody answered: with the words of who refused its part, or none. */
export function cellsWithout(
  outcome: Outcome,
  refused: { code: string; message: string } | null,
): AnswerCells {
  const code = refused?.code ?? null;
  const message = refused?.message ?? null;
  const known = { outcome, flags: '', error_code: code, error_message: message, error_group: code };
  const cells: Partial<Record<Column, string | null>> = { ...known, preview: message?.slice(0, 200) ?? '' };
  return answerColumns.map((name) => cells[name] ?? null);
}
