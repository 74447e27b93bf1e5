import { conditionsIn, fieldIn } from '#lib/model/answer-field';
import { type Flag, flags, type Outcome, outcomes } from '#lib/model/result';
import { type ResultSort, resultSorts } from '#lib/model/result-query';

/** What the table is narrowed to and how it is ordered; all of it stands in the address. */
export type ShownFilter = {
  outcome: Outcome | null;
  group: string | null;
  q: string | null;
  flag: Flag | null;
  model: string | null;
  tokensMin: string | null;
  tokensMax: string | null;
  /** What the fields of the answers must be, as the address has it. */
  where: string | null;
  sort: ResultSort | null;
  /** How the table looks: kept on the way to a result and back. */
  columns: string | null;
};

export const noFilter: ShownFilter = {
  outcome: null,
  group: null,
  q: null,
  flag: null,
  model: null,
  tokensMin: null,
  tokensMax: null,
  where: null,
  sort: null,
  columns: null,
};

export function shownFilterIn(param: (name: string) => string | null | undefined): ShownFilter {
  const count = (name: string) => (/^\d{1,12}$/.test(param(name) ?? '') ? (param(name) ?? null) : null);
  return {
    outcome: outcomes.find((known) => known === param('outcome')) ?? null,
    group: param('group') || null,
    q: param('q') || null,
    flag: flags.find((known) => known === param('flag')) ?? null,
    model: param('model') || null,
    tokensMin: count('tokensMin'),
    tokensMax: count('tokensMax'),
    where: conditionsIn(param('where'))?.length ? (param('where') ?? null) : null,
    sort: sortIn(param('sort') ?? ''),
    columns: param('columns') || null,
  };
}

function sortIn(word: string): ResultSort | null {
  const known = resultSorts.flatMap((one) => [one, `-${one}` as const]).find((one) => one === word);
  return known ?? (fieldIn(word.replace(/^-/, '')) === null ? null : (word as ResultSort));
}

/** The words of the address. */
export function wordsOf(filter: ShownFilter): Record<string, string | null> {
  return { ...filter };
}

/** What our API is asked. An answer that cannot be read counts as failed. */
export function askedBy({ columns: _, ...filter }: ShownFilter): Record<string, string | null> {
  return { ...filter, outcome: filter.outcome === 'failed' ? 'failed,unparseable' : filter.outcome };
}

export function isNarrowed({ sort: _, columns: _columns, ...rest }: ShownFilter): boolean {
  return Object.values(rest).some((value) => value !== null);
}

export function searchOf(params: Record<string, string | null>): string {
  const given = Object.entries(params).filter((pair): pair is [string, string] => pair[1] !== null);
  return new URLSearchParams(given).toString();
}
