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
};

export const resultSorts = ['ordinal', 'customId', 'outcome', 'input', 'output', 'tokens', 'cost'] as const;
export type SortField = (typeof resultSorts)[number];
/** With a minus the other way round. What is unknown comes before 0. */
export type ResultSort = SortField | `-${SortField}`;

export type ResultQuery = ResultsFilter & { sort?: ResultSort };

export type ResultsQuery = ResultQuery & {
  /** Where the page before ended; in the order of the input simply its last ordinal. */
  cursor?: string | number;
  /** Instead of a cursor: the place of the first row in the whole list, counted from 0. */
  from?: number;
  limit: number;
};

export function isUnfiltered(filter: ResultsFilter): boolean {
  const { outcome, flag, model, group, tokensMin, tokensMax, q } = filter;
  const lists = [outcome, flag, model, group].every((list) => (list ?? []).length === 0);
  return lists && tokensMin === undefined && tokensMax === undefined && (q ?? '') === '';
}
