'use client';
import { useRef } from 'react';
import { Num } from '#components/ui/num';
import { Th } from '#components/ui/table';
import { cn } from '#lib/cn';
import type { ResultRow } from '#lib/model/result';
import type { ResultSort } from '#lib/model/result-query';
import type { ColumnId } from './column-layout.ts';
import { Row } from './results-row.tsx';
import { ComingRow, Gap, rowWindowClass, useRowWindow } from './row-window.tsx';
import { askedBy, type ShownFilter, searchOf } from './shown-filter.ts';
import { SortHead } from './sort-head.tsx';
import { resultHref, type Source } from './source.ts';
import { pinStyle, staysClass, type TableColumn, widthWith } from './table-columns.tsx';
import type { Chosen } from './use-chosen.ts';
import { usePins } from './use-pins.ts';
import type { ResultRows } from './use-result-rows.ts';

/** A real table of which only the rows in sight exist; the rest is held open by two empty ones. */
export function ResultsTable({
  rows,
  source,
  filter,
  columns,
  chosen,
  onOpen,
  onNear,
  onOrder,
  onWidth,
}: {
  rows: ResultRows;
  source: Source;
  filter: ShownFilter;
  columns: TableColumn[];
  /** Null where rows cannot be chosen. */
  chosen: Chosen | null;
  onOpen: (row: ResultRow, href: string) => void;
  /** Soon a row might be opened. */
  onNear: (() => void) | undefined;
  /** Null where they stand in the order of the input. */
  onOrder: ((order: ResultSort) => void) | null;
  /** Null where columns are as wide as they usually are. */
  onWidth: ((id: ColumnId, width: number | null) => void) | null;
}) {
  const table = useRef<HTMLTableElement>(null);
  usePins(table, pinnedIn(columns));
  const { rowAt, total } = rows;
  const { scroller, places, before, after } = useRowWindow(rows, searchOf(askedBy(filter)));
  return (
    <div
      ref={scroller}
      onScroll={({ currentTarget }) =>
        currentTarget.toggleAttribute('data-scrolled', currentTarget.scrollLeft > 0)
      }
      className={cn(rowWindowClass, 'print:max-h-none print:overflow-visible')}
    >
      <table
        ref={table}
        aria-label="Results"
        aria-rowcount={total + 1}
        style={{ minWidth: widthWith(columns) }}
        className="w-full table-fixed border-separate border-spacing-0 text-left text-sm"
      >
        <thead className="sticky top-0 z-10 bg-surface print:static">
          <tr className="bg-surface">
            {chosen && (
              <Th data-pin={0} style={pinStyle(0)} className={cn('w-9 pr-0', staysClass)}>
                <span className="sr-only">Chosen</span>
              </Th>
            )}
            {columns.map((column, n) => (
              <SortHead
                key={column.id}
                column={column}
                at={n + 1}
                onWidth={onWidth}
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
              <Row
                key={row.ordinal}
                {...{ row, columns, chosen, onOpen, onNear }}
                index={place}
                href={resultHref(source, row.ordinal, filter)}
              />
            ) : (
              <ComingRow key={`coming-${place}`} index={place} columns={columns.length + (chosen ? 1 : 0)} />
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

/** Before them stands what rows are chosen by. */
function pinnedIn(columns: TableColumn[]): string {
  const places = columns.flatMap(({ id, pinned }, n) =>
    pinned ? [`${n + 1}${encodeURIComponent(id)}`] : [],
  );
  return ['0', ...places].join(' ');
}
