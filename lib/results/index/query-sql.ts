import 'server-only';
import type { SQLInputValue } from 'node:sqlite';
import { outcomes } from '#lib/model/result';
import type { ResultSort, ResultsFilter } from '#lib/model/result-query';
import { bitsOf } from './answer-cells.ts';
import type { View } from './open-view.ts';
import type { Tally } from './tally.ts';

type Order = { key: string; way: 'asc' | 'desc'; beyond: '>' | '<' };

/** The column of each sort, and the number it is about. */
const columns: Record<string, { key: string; sum?: keyof Tally['sums'] }> = {
  ordinal: { key: 'ordinal' },
  customId: { key: 'custom_id' },
  outcome: { key: 'outcome' },
  input: { key: 'input_key', sum: 'input' },
  output: { key: 'output_key', sum: 'output' },
  tokens: { key: 'total_key', sum: 'total' },
  cost: { key: 'cost_key', sum: 'cost_nano' },
};

/**
 * Equal keys stand in the order of the input, or against it, so that one index serves both ways. A number that no row
 * knows sorts nothing and has no index.
 */
export function orderOf({ tally }: View, sort: ResultSort = 'ordinal'): Order {
  const { key = 'ordinal', sum } = columns[sort.replace('-', '')] ?? {};
  const known = sum === undefined || tally.sums[sum].known > 0 ? key : 'ordinal';
  return sort.startsWith('-')
    ? { key: known, way: 'desc', beyond: '<' }
    : { key: known, way: 'asc', beyond: '>' };
}

type Where = { sql: string; values: SQLInputValue[] };

/** The conditions of a filter but for its words. A plus keeps the planner to the index that holds them all. */
export function whereOf(filter: ResultsFilter): Where {
  const { outcome = [], flag = [], model = [], group = [], tokensMin, tokensMax } = filter;
  const parts: [boolean, string, SQLInputValue[]][] = [
    [outcome.length > 0, anyOf('+outcome', outcome.length), outcome.map((name) => outcomes.indexOf(name))],
    [flag.length > 0, '+flags & ? <> 0', [bitsOf(flag)]],
    [model.length > 0, `+model in (select id from models where ${anyOf('name', model.length)})`, model],
    [group.length > 0, `+error_group in (select id from groups where ${anyOf('key', group.length)})`, group],
    [tokensMin !== undefined, '+total_key >= ?', [tokensMin ?? 0]],
    [tokensMax !== undefined, '+total_key between 0 and ?', [tokensMax ?? 0]],
  ];
  const given = parts.filter(([is]) => is);
  return {
    sql: given.map(([, sql]) => sql).join(' and ') || 'true',
    values: given.flatMap(([, , values]) => values),
  };
}

function anyOf(column: string, count: number): string {
  return `${column} in (${Array.from({ length: count }, () => '?').join(', ')})`;
}
