'use client';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { Num } from '#components/ui/num';
import { Th } from '#components/ui/table';
import { cn } from '#lib/cn';
import type { ResultRow } from '#lib/model/result';
import type { ResultSort } from '#lib/model/result-query';
import type { ColumnId } from './column-layout.ts';
import { Row } from './results-row.tsx';
import type { ShownFilter } from './shown-filter.ts';
import { SortHead } from './sort-head.tsx';
import type { Source } from './source.ts';
import { pinStyle, staysClass, type TableColumn, widthWith } from './table-columns.tsx';
import type { Chosen } from './use-chosen.ts';
import { usePins } from './use-pins.ts';

/** A real table of which only the rows in sight exist; the rest is held open by two empty ones. */
export function ResultsTable({
  rows,
  total,
  source,
  filter,
  columns,
  chosen,
  onEnd,
  onOpen,
  onOrder,
  onWidth,
}: {
  rows: ResultRow[];
  total: number;
  source: Source;
  filter: ShownFilter;
  columns: TableColumn[];
  /** Null where rows cannot be chosen. */
  chosen: Chosen | null;
  /** The last loaded row has come into sight. */
  onEnd: () => void;
  onOpen: (row: ResultRow) => void;
  /** Null where they stand in the order of the input. */
  onOrder: ((order: ResultSort) => void) | null;
  /** Null where columns are as wide as they usually are. */
  onWidth: ((id: ColumnId, width: number | null) => void) | null;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  const table = useRef<HTMLTableElement>(null);
  usePins(table, columns.map(({ id, pinned }) => `${id}${pinned}`).join());
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
      onScroll={({ currentTarget }) =>
        currentTarget.toggleAttribute('data-scrolled', currentTarget.scrollLeft > 0)
      }
      className="@container max-h-[max(26rem,calc(100dvh-14rem))] overflow-auto rounded-panel border bg-surface print:max-h-none print:overflow-visible"
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

function Gap({ height }: { height: number }) {
  return (
    <tr aria-hidden className="print:hidden">
      <td style={{ height }} />
    </tr>
  );
}

/** `j` and `k` go from row to row from anywhere on the page, the arrows inside the table; Enter is the link's own. */
function walkRows(event: KeyboardEvent, table: HTMLElement): void {
  const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
  if (step === undefined || event.metaKey || event.ctrlKey || event.altKey) return;
  const target = event.target instanceof Element ? event.target : null;
  if (event.key.startsWith('Arrow') && !table.contains(target)) return;
  if (document.querySelector('dialog[open], [role="menu"]:popover-open')) return;
  if (target?.closest('input, textarea, select')) return;
  const links = [...table.querySelectorAll<HTMLElement>('[data-row]')];
  const at = links.indexOf(document.activeElement as HTMLElement);
  const next = links[at + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
  next.scrollIntoView({ block: 'nearest' });
}

function rowHeight(): number {
  if (typeof document === 'undefined') return 44;
  return Number.parseInt(getComputedStyle(document.documentElement).getPropertyValue('--row'), 10) || 44;
}
