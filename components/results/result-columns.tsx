import type { ReactNode } from 'react';
import { Money, Num } from '#components/ui/num';
import { cn } from '#lib/cn';
import type { FieldSort } from '#lib/model/answer-field';
import type { ResultRow } from '#lib/model/result';
import { resultSorts, type SortField } from '#lib/model/result-query';
import type { ColumnId, ColumnName } from './column-layout.ts';
import { HitWords } from './hit-words.tsx';
import { OutcomeWord } from './outcome-word.tsx';

/** What a column of the results shows. The name of a request is always there and is drawn by the table. */
export type ResultColumn = {
  id: ColumnId;
  title: string;
  /** By what the table is ordered when its head is pressed. */
  sort?: SortField | FieldSort;
  className?: string;
  /** Only of its head: how wide it is. */
  width?: string;
  /** About how wide that is in pixels. */
  usualPx: number;
  cell: (row: ResultRow) => ReactNode;
};

const number = 'tabular text-right text-muted';

export const resultColumns: ResultColumn[] = [
  {
    id: 'ordinal',
    title: '#',
    sort: 'ordinal',
    width: 'w-16',
    usualPx: 64,
    className: cn(number, '@max-[38rem]:hidden'),
    cell: (row) => <Num value={row.ordinal} />,
  },
  {
    id: 'customId',
    title: 'custom_id',
    sort: 'customId',
    width: '@[38rem]:w-44 @[52rem]:w-48 @[68rem]:w-60',
    usualPx: 240,
    cell: (row) => row.customId,
  },
  {
    id: 'outcome',
    title: 'Outcome',
    sort: 'outcome',
    width: 'w-36 @[38rem]:w-48',
    usualPx: 192,
    className: 'overflow-hidden',
    cell: (row) => (
      <>
        <OutcomeWord outcome={row.outcome} flags={row.flags} />
        {row.attempt > 1 && (
          <span className="ml-2 text-muted text-xs @max-[38rem]:hidden">attempt {row.attempt}</span>
        )}
      </>
    ),
  },
  {
    id: 'answer',
    title: 'Answer',
    usualPx: 320,
    className: 'truncate text-muted [unicode-bidi:isolate] @max-[38rem]:hidden',
    cell: (row) => <HitWords row={row} />,
  },
  {
    id: 'model',
    title: 'Model',
    width: 'w-44',
    usualPx: 176,
    className: 'truncate font-mono text-muted text-xs @max-[68rem]:hidden',
    cell: (row) => row.model ?? '–',
  },
  counted('tokens', 'Tokens', (row) => row.usage?.total, '@max-[56rem]:hidden'),
  {
    id: 'cost',
    title: 'Cost',
    sort: 'cost',
    width: 'w-28',
    usualPx: 112,
    className: cn(number, '@max-[56rem]:hidden'),
    cell: (row) => (row.cost === null ? '–' : <Money amount={row.cost} currency="USD" />),
  },
  counted('input', 'Tokens in', (row) => row.usage?.input),
  counted('output', 'Tokens out', (row) => row.usage?.output),
  counted('cached', 'Cached', (row) => row.usage?.cachedRead),
  counted('reasoning', 'Reasoning', (row) => row.usage?.reasoning),
  worded('finish', 'Finished', (row) => row.finishReason),
  worded('error', 'Error', (row) => row.errorCode),
  worded('status', 'HTTP status', (row) => row.httpStatus?.toString()),
];

/** The look of a line in which something is chosen. */
export const choiceClass = 'flex items-center gap-2.5 rounded-control px-2 py-1.5 text-sm hover:bg-hover';

type Value<T> = (row: ResultRow) => T | null | undefined;

function counted(id: ColumnName, title: string, of: Value<number>, className?: string): ResultColumn {
  const cell = (row: ResultRow) => {
    const value = of(row);
    return value == null ? '–' : <Num value={value} />;
  };
  const sort = resultSorts.find((field) => field === id);
  return { id, title, sort, width: 'w-24', usualPx: 96, className: cn(number, className), cell };
}

function worded(id: ColumnName, title: string, of: Value<string>): ResultColumn {
  return {
    id,
    title,
    width: 'w-32',
    usualPx: 128,
    className: 'truncate text-muted',
    cell: (row) => of(row) ?? '–',
  };
}
