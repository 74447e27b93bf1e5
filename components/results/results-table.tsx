'use client';
import Link from 'next/link';
import { useEffect, useRef } from 'react';
import { useDensity } from '#components/shell/theme';
import { Checkbox } from '#components/ui/checkbox';
import { Num } from '#components/ui/num';
import { Skeleton } from '#components/ui/skeleton';
import { Td, Th, Tr } from '#components/ui/table';
import { useRowsInSight } from '#components/ui/use-rows-in-sight';
import type { ResultRow } from '#lib/model/result';
import type { ResultSort } from '#lib/model/result-query';
import { usualColumns } from './column-names.ts';
import type { ResultColumn } from './result-columns.tsx';
import { type ShownFilter, searchOf, wordsOf } from './shown-filter.ts';
import { SortHead } from './sort-head.tsx';
import { resultHref, type Source } from './source.ts';
import type { Chosen } from './use-chosen.ts';
import type { ResultRows } from './use-result-rows.ts';
import { useRowWalk } from './use-row-walk.ts';

/** As `--row` says in the styles. */
const rowHeights = { comfortable: 44, compact: 32 };

/** A real table of which only the rows in sight exist; the rest is held open by two empty ones. */
export function ResultsTable({
  rows,
  source,
  filter,
  columns,
  demo,
  chosen,
  onOpen,
  onOrder,
}: {
  rows: ResultRows;
  source: Source;
  filter: ShownFilter;
  columns: ResultColumn[];
  /** What it cost is a price nobody pays. */
  demo: boolean;
  /** Null where rows cannot be chosen. */
  chosen: Chosen | null;
  onOpen: (row: ResultRow) => void;
  /** Null where they stand in the order of the input. */
  onOrder: ((order: ResultSort) => void) | null;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  const height = rowHeights[useDensity()[0]];
  const { total, rowAt, onSight } = rows;
  const { from, to, before, after } = useRowsInSight(scroller, total, height);
  useEffect(() => onSight(from, to), [from, to, onSight]);
  useRowWalk(scroller, total);
  const asked = searchOf(wordsOf(filter));
  const shown = useRef(asked);
  // Another filter is another list, and begins at its top.
  useEffect(() => {
    if (shown.current !== asked) scroller.current?.scrollTo(0, 0);
    shown.current = asked;
  }, [asked]);
  const places = Array.from({ length: Math.max(0, to - from) }, (_, n) => from + n);
  return (
    <div
      ref={scroller}
      className="@container max-h-[max(26rem,calc(100dvh-14rem))] overflow-auto rounded-panel border bg-surface print:max-h-none print:overflow-visible"
    >
      <table
        aria-label="Results"
        aria-rowcount={total + 1}
        style={{ minWidth: widthWith(columns) }}
        className="w-full table-fixed border-separate border-spacing-0 text-left text-sm"
      >
        <thead className="sticky top-0 z-10 bg-surface print:static">
          <tr>
            {chosen && (
              <Th className="w-9 pr-0">
                <span className="sr-only">Chosen</span>
              </Th>
            )}
            {columns.map((column) => (
              <SortHead
                key={column.id}
                column={column.id === 'cost' && demo ? { ...column, title: 'Demo cost' } : column}
                order={filter.sort ?? 'ordinal'}
                onOrder={onOrder}
              />
            ))}
          </tr>
        </thead>
        <tbody>
          {before > 0 && <Gap height={before} />}
          {places.map((place) => {
            const row = rowAt(place);
            return row ? (
              <Row key={row.ordinal} {...{ row, source, filter, columns, chosen, onOpen }} index={place} />
            ) : (
              <ComingRow key={`coming-${place}`} index={place} columns={columns} chosen={chosen !== null} />
            );
          })}
          {after > 0 && <Gap height={after} />}
        </tbody>
      </table>
      {places.length < total && (
        <p className="hidden p-3 text-muted text-sm print:block">
          <Num value={places.length} /> of <Num value={total} /> rows are printed. The downloads hold all.
        </p>
      )}
    </div>
  );
}

/** What is usual fits every width; each column beyond it makes the table wider rather than squeezing the others. */
function widthWith(columns: ResultColumn[]): string | undefined {
  const more = columns.filter(({ id }) => !usualColumns.includes(id)).length;
  return more === 0 ? undefined : `calc(min(100%, 64rem) + ${more * 7}rem)`;
}

function Row({
  row,
  index,
  source,
  filter,
  columns,
  chosen,
  onOpen,
}: {
  row: ResultRow;
  index: number;
  source: Source;
  filter: ShownFilter;
  columns: ResultColumn[];
  chosen: Chosen | null;
  onOpen: (row: ResultRow) => void;
}) {
  return (
    <Tr
      aria-rowindex={index + 2}
      className="cursor-pointer [&>td]:border-b"
      onClick={(event) => {
        const plain = !event.metaKey && !event.ctrlKey && !(event.target as Element).closest('a, label');
        if (plain && window.getSelection()?.isCollapsed !== false) onOpen(row);
      }}
    >
      {chosen && (
        <Td className="pr-0">
          <Checkbox
            checked={chosen.ids.has(row.customId)}
            onChange={() => chosen.toggle(row.customId)}
            className="relative grid size-6 place-items-center"
          >
            <span className="sr-only">Choose {row.customId}</span>
          </Checkbox>
        </Td>
      )}
      {columns.map(({ id, className, cell }) =>
        id === 'customId' ? (
          <Td key={id} className="truncate font-mono text-xs">
            <Link
              href={resultHref(source, row.ordinal, filter)}
              prefetch={false}
              data-row
              className="rounded-bar hover:underline"
              onClick={(event) => {
                if (event.metaKey || event.ctrlKey || event.shiftKey || 'batchId' in source) return;
                event.preventDefault();
                onOpen(row);
              }}
            >
              {cell(row)}
            </Link>
          </Td>
        ) : (
          <Td key={id} className={className} title={id === 'answer' ? row.preview : undefined}>
            {cell(row)}
          </Td>
        ),
      )}
    </Tr>
  );
}

/** Where a row will stand when its page has come. */
function ComingRow({ index, columns, chosen }: { index: number; columns: ResultColumn[]; chosen: boolean }) {
  return (
    <Tr aria-rowindex={index + 2} className="[&>td]:border-b">
      <Td colSpan={columns.length + (chosen ? 1 : 0)}>
        <Skeleton className="h-3 w-48" />
      </Td>
    </Tr>
  );
}

function Gap({ height }: { height: number }) {
  return (
    <tr aria-hidden className="print:hidden">
      <td style={{ height }} />
    </tr>
  );
}
