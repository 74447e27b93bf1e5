import type { CSSProperties } from 'react';
import { fieldIn } from '#lib/model/answer-field';
import type { ResultRow } from '#lib/model/result';
import { isField, type ShownColumn, usualColumns } from './column-layout.ts';
import { FieldCell } from './field-cell.tsx';
import { type ResultColumn, resultColumns } from './result-columns.tsx';

/** A column as the table draws it: what it shows, and how a person has laid it out. */
export type TableColumn = ResultColumn & Pick<ShownColumn, 'pinned'> & { px: number | null };

/** `rows` are looked at only for whether a field is of numbers, which stand to the right. */
export function tableColumns(shown: ShownColumn[], rows: ResultRow[], demo: boolean): TableColumn[] {
  let field = -1;
  return shown.flatMap(({ id, pinned, width: px }) => {
    if (isField(id)) field += 1;
    const column = isField(id) ? fieldColumn(id, field, rows) : resultColumns.find((one) => one.id === id);
    if (!column) return [];
    const named = id === 'cost' && demo ? { ...column, title: 'Demo cost' } : column;
    return [{ ...named, pinned, px }];
  });
}

function fieldColumn(
  id: ResultColumn['id'] & `answer.${string}`,
  at: number,
  rows: ResultRow[],
): ResultColumn {
  const isNumber = rows.some((row) => typeof row.fields?.[at] === 'number');
  return {
    id,
    title: fieldIn(id) ?? '',
    sort: id,
    width: 'w-40',
    usualPx: 160,
    className: `truncate text-muted ${isNumber ? 'text-right tabular' : ''}`,
    cell: (row) => <FieldCell value={row.fields?.[at] ?? null} />,
  };
}

/** What is usual fits every width; each column beyond it makes the table wider rather than squeezing the others. */
export function widthWith(columns: TableColumn[]): string | undefined {
  const more = columns.reduce((sum, { id, px, usualPx }) => {
    const isUsual = usualColumns.some((one) => one.id === id);
    return sum + (isUsual ? Math.max(0, (px ?? 0) - usualPx) : (px ?? usualPx));
  }, 0);
  return more === 0 ? undefined : `calc(min(100%, 64rem) + ${more}px)`;
}

/** Of its head and its cells: where it stays while the table is scrolled. */
export function pinStyle(at: number): CSSProperties {
  return { left: `var(--pin-${at}, 0px)` };
}

export const staysClass =
  'sticky z-[1] bg-inherit in-data-scrolled:shadow-[1px_0_0_var(--line)] print:static';

/** Where there is little room only the name stays: several would leave none to what is scrolled. */
export function pinClass({ id, pinned }: Pick<TableColumn, 'id' | 'pinned'>): string {
  if (!pinned) return '';
  return id === 'customId' ? staysClass : `${staysClass} @max-[38rem]:relative @max-[38rem]:left-auto!`;
}
