'use client';
import { useVirtualizer } from '@tanstack/react-virtual';
import Link from 'next/link';
import { useEffect, useRef } from 'react';
import { Checkbox } from '#components/ui/checkbox';
import { Num } from '#components/ui/num';
import { Td, Th, Tr } from '#components/ui/table';
import type { ResultRow } from '#lib/model/result';
import type { ResultSort } from '#lib/model/result-query';
import { usualColumns } from './column-names.ts';
import type { ResultColumn } from './result-columns.tsx';
import type { ShownFilter } from './shown-filter.ts';
import { SortHead } from './sort-head.tsx';
import { resultHref, type Source } from './source.ts';
import type { Chosen } from './use-chosen.ts';
import { rowHeight, walkRows } from './walk-rows.ts';

/** A real table of which only the rows in sight exist; the rest is held open by two empty ones. */
export function ResultsTable({
  rows,
  total,
  source,
  filter,
  columns,
  demo,
  chosen,
  onEnd,
  onOpen,
  onOrder,
}: {
  rows: ResultRow[];
  total: number;
  source: Source;
  filter: ShownFilter;
  columns: ResultColumn[];
  /** What it cost is a price nobody pays. */
  demo: boolean;
  /** Null where rows cannot be chosen. */
  chosen: Chosen | null;
  /** The last loaded row has come into sight. */
  onEnd: () => void;
  onOpen: (row: ResultRow) => void;
  /** Null where they stand in the order of the input. */
  onOrder: ((order: ResultSort) => void) | null;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: rowHeight,
    overscan: 12,
    initialRect: { width: 1_200, height: 640 },
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => scroller.current && walkRows(event, scroller.current);
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (rows.length > 0 && rows.length < total && last >= rows.length - 40) onEnd();
  }, [last, rows.length, total, onEnd]);
  const before = items[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
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
          {items.map(({ index }) => {
            const row = rows[index];
            return (
              row && (
                <Row key={row.ordinal} {...{ row, source, filter, columns, chosen, onOpen }} index={index} />
              )
            );
          })}
          {after > 0 && <Gap height={after} />}
        </tbody>
      </table>
      {items.length < total && (
        <p className="hidden p-3 text-muted text-sm print:block">
          <Num value={items.length} /> of <Num value={total} /> rows are printed. The downloads hold all.
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

function Gap({ height }: { height: number }) {
  return (
    <tr aria-hidden className="print:hidden">
      <td style={{ height }} />
    </tr>
  );
}
