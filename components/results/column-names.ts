/** In the order in which they stand. The name of a request is always among them. */
export const columnNames = [
  'ordinal',
  'customId',
  'outcome',
  'answer',
  'model',
  'tokens',
  'cost',
  'input',
  'output',
  'cached',
  'reasoning',
  'finish',
  'error',
  'status',
] as const;
export type ColumnName = (typeof columnNames)[number];

export const usualColumns = columnNames.slice(0, 7);

/** Those the address names; where it names none that is known, what is usual. */
export function columnsIn(word: string | null): ColumnName[] {
  const wanted = new Set<string>(word?.split(','));
  const chosen = columnNames.filter((name) => name === 'customId' || wanted.has(name));
  return chosen.length > 1 ? chosen : usualColumns;
}

/** The word of the address once a column was added or taken away; null where it is what is usual. */
export function toggledColumn(shown: ColumnName[], name: ColumnName): string | null {
  const next = columnNames.filter((one) => shown.includes(one) !== (one === name));
  return next.join() === usualColumns.join() ? null : next.join();
}
