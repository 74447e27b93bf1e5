import type { FieldCondition, FieldSort } from './answer-field.ts';
import type { Flag, Outcome } from './result.ts';

/** Which results are meant; what is left out does not narrow. Several values of one field mean any of them. */
export type ResultsFilter = {
  outcome?: Outcome[];
  flag?: Flag[];
  model?: string[];
  group?: string[];
  tokensMin?: number;
  tokensMax?: number;
  /** Words in custom_id, prompt or answer, taken literally and without regard to capitals. */
  q?: string;
  /** What the fields of answers that are JSON must be; all of it. */
  where?: FieldCondition[];
};

export const resultSorts = ['ordinal', 'customId', 'outcome', 'input', 'output', 'tokens', 'cost'] as const;
export type SortField = (typeof resultSorts)[number];
export type UsualSort = SortField | `-${SortField}`;
/**
 * With a minus the other way round. What is unknown comes before 0; by a field of the answers numbers come before
 * texts, and what has none comes last both ways.
 */
export type ResultSort = UsualSort | FieldSort | `-${FieldSort}`;

export function isByField(sort: ResultSort): sort is FieldSort | `-${FieldSort}` {
  return /^-?answer\./.test(sort);
}

export type ResultQuery = ResultsFilter & { sort?: ResultSort };

export type ResultsQuery = ResultQuery & {
  /** Where the page before ended; in the order of the input simply its last ordinal. */
  cursor?: string | number;
  /** Instead of a cursor: the place of the first row in the whole list, counted from 0. */
  from?: number;
  limit: number;
  /** Which fields of the answers each row tells. */
  fields?: string[];
};

export function isUnfiltered(filter: ResultsFilter): boolean {
  const { outcome, flag, model, group, tokensMin, tokensMax, q, where } = filter;
  const lists = [outcome, flag, model, group, where].every((list) => (list ?? []).length === 0);
  return lists && tokensMin === undefined && tokensMax === undefined && (q ?? '') === '';
}
