import { type FieldSort, fieldIn } from '#lib/model/answer-field';

/** In the order in which they usually stand. The name of a request is always among them. */
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
/** Or a field of the answers, by its place. */
export type ColumnId = ColumnName | FieldSort;

export type ShownColumn = {
  id: ColumnId;
  /** Stays in sight while the others are scrolled. */
  pinned: boolean;
  /** In pixels where a person has set it. */
  width: number | null;
};
/** Made of how they are laid out by then: who presses quickly is not to lose a step. */
export type ColumnChange = (columns: ShownColumn[]) => ShownColumn[];
export const leastWidth = 56;
export const mostWidth = 900;
const mostFieldColumns = 20;

export const usualColumns = columnNames.slice(0, 7).map((id) => usual(id));

function usual(id: ColumnId): ShownColumn {
  return { id, pinned: id === 'customId', width: null };
}

export function isField(id: ColumnId): id is FieldSort {
  return id.startsWith('answer.');
}

export function fieldsIn(columns: ShownColumn[]): string[] {
  return columns.flatMap(({ id }) => (isField(id) ? (fieldIn(id) ?? []) : []));
}

/** Those the address names, in its order; where it names none that is known, what is usual. */
export function columnsIn(word: string | null): ShownColumn[] {
  const named = new Map((word ?? '').split(',').flatMap((part) => read(part).map((one) => [one.id, one])));
  const columns = [...named.values()];
  const withName = named.has('customId') ? columns : [usual('customId'), ...columns];
  return withName.length > 1 ? withName : usualColumns;
}

/** `answer.score:120p` is a field 120 pixels wide and pinned; `u` unpins what is pinned by itself. */
function read(part: string): ShownColumn[] {
  const [, name = '', width, sign] = /^([^:]+)(?::(\d{0,4})([pu]?))?$/.exec(part) ?? [];
  const id = idIn(name);
  if (id === null) return [];
  const px = Number(width || 0);
  const pinned = sign === 'p' || (id === 'customId' && sign !== 'u');
  return [{ id, pinned, width: px === 0 ? null : within(px) }];
}

function idIn(name: string): ColumnId | null {
  const known = columnNames.find((one) => one === name);
  if (known) return known;
  try {
    const place = decodeURIComponent(name);
    return fieldIn(place) === null ? null : (place as FieldSort);
  } catch {
    return null;
  }
}

/** The word of the address; null where it is what is usual. */
export function wordOf(columns: ShownColumn[]): string | null {
  const word = columns.map(wordOfOne).join();
  return word === usualColumns.map(wordOfOne).join() ? null : word;
}

function wordOfOne({ id, pinned, width }: ShownColumn): string {
  const sign = pinned === usual(id).pinned ? '' : pinned ? 'p' : 'u';
  const how = `${width ?? ''}${sign}`;
  return `${isField(id) ? encodeURIComponent(id) : id}${how && `:${how}`}`;
}

/** Adds a column where it usually stands, a field beside the answer; or takes it away. */
export function toggled(columns: ShownColumn[], id: ColumnId): ShownColumn[] {
  if (columns.some((one) => one.id === id)) return columns.filter((one) => one.id !== id);
  if (isField(id) && fieldsIn(columns).length >= mostFieldColumns) return columns;
  return columns.toSpliced(placeFor(columns, id), 0, usual(id));
}

function placeFor(columns: ShownColumn[], id: ColumnId): number {
  if (!isField(id)) {
    const later = columnNames.slice(columnNames.indexOf(id) + 1);
    const at = columns.findIndex((one) => later.some((name) => name === one.id));
    return at === -1 ? columns.length : at;
  }
  const behind = columns.findLastIndex((one) => isField(one.id) || one.id === 'answer');
  return behind === -1 ? columns.length : behind + 1;
}

export function moved(columns: ShownColumn[], id: ColumnId, step: -1 | 1): ShownColumn[] {
  const at = columns.findIndex((one) => one.id === id);
  const column = columns[at];
  const other = columns[at + step];
  return column && other ? columns.with(at, other).with(at + step, column) : columns;
}

export function pinned(columns: ShownColumn[], id: ColumnId): ShownColumn[] {
  return columns.map((one) => (one.id === id ? { ...one, pinned: !one.pinned } : one));
}

/** Null is as wide as it usually is. */
export function resized(columns: ShownColumn[], id: ColumnId, width: number | null): ShownColumn[] {
  return columns.map((one) =>
    one.id === id ? { ...one, width: width === null ? null : within(width) } : one,
  );
}

export function within(width: number): number {
  return Math.round(Math.min(mostWidth, Math.max(leastWidth, width)));
}
