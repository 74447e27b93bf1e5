import 'server-only';
import { outcomes } from '#lib/model/result';
import type { ResultsFilter } from '#lib/model/result-query';
import { bitsOf } from './answer-cells.ts';
import type { Column } from './columns.ts';
import type { View } from './open-view.ts';

/** By ordinal 1 for what a filter means but for its words, else 0. */
export function meantBy(view: View, filter: ResultsFilter): Uint8Array {
  const { outcome = [], flag = [], model = [], group = [], tokensMin, tokensMax } = filter;
  const marks = new Uint8Array(view.total + 1).fill(1);
  marks[0] = 0;
  const keep = (column: Column, fits: (value: number) => boolean) => {
    for (let ordinal = 1; ordinal < marks.length; ordinal++) {
      if (marks[ordinal] === 1 && !fits(column[ordinal] ?? 0)) marks[ordinal] = 0;
    }
  };
  if (outcome.length > 0) {
    const codes = new Set(outcome.map((name) => outcomes.indexOf(name)));
    keep(view.column('outcome'), (code) => codes.has(code));
  }
  if (flag.length > 0) {
    const bits = bitsOf(flag);
    keep(view.column('flags'), (set) => (set & bits) !== 0);
  }
  if (model.length > 0) {
    const ids = idsOf(view, 'select id from models where name = ?', model);
    keep(view.column('model'), (id) => ids.has(id));
  }
  if (group.length > 0) {
    const ids = idsOf(view, 'select id from groups where key = ?', group);
    keep(view.column('group'), (id) => ids.has(id));
  }
  // The column counts from 1; what it does not know is neither few nor many.
  if (tokensMin !== undefined) keep(view.column('total'), (more) => more > tokensMin);
  if (tokensMax !== undefined) keep(view.column('total'), (more) => more > 0 && more <= tokensMax + 1);
  return marks;
}

function idsOf(view: View, sql: string, names: string[]): Set<number> {
  const statement = view.top.prepare(sql);
  return new Set(names.flatMap((name) => (statement.get(name) as { id: number } | undefined)?.id ?? []));
}
