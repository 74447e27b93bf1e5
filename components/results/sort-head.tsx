'use client';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { Th } from '#components/ui/table';
import { cn } from '#lib/cn';
import type { ResultSort } from '#lib/model/result-query';
import { ColumnEdge } from './column-edge.tsx';
import type { ColumnId } from './column-layout.ts';
import { pinClass, pinStyle, type TableColumn } from './table-columns.tsx';

/** The head of a column: pressed once it orders by it, twice the other way round, a third time as they were sent. */
export function SortHead({
  column: { id, title, sort, width, usualPx, className, pinned, px },
  at,
  order,
  onOrder,
  onWidth,
}: {
  column: TableColumn;
  /** Where it stands among the columns. */
  at: number;
  order: ResultSort;
  onOrder: ((order: ResultSort) => void) | null;
  onWidth: ((id: ColumnId, width: number | null) => void) | null;
}) {
  const how = {
    'data-pin': pinned ? at : undefined,
    style: { ...(pinned ? pinStyle(at) : {}), ...(px === null ? {} : { width: px }) },
    className: cn(
      width,
      className?.replace(/\b(truncate|font-mono|text-xs|overflow-hidden)\b/g, ''),
      pinned ? pinClass({ id, pinned }) : 'relative',
    ),
  };
  const edge = onWidth && (
    <ColumnEdge title={title} width={px ?? usualPx} onWidth={(wanted) => onWidth(id, wanted)} />
  );
  if (!sort || !onOrder) {
    return (
      <Th aria-label={title} {...how}>
        <span className="block truncate">{title}</span>
        {edge}
      </Th>
    );
  }
  const up = order === sort;
  const down = order === `-${sort}`;
  return (
    <Th aria-label={title} aria-sort={up ? 'ascending' : down ? 'descending' : undefined} {...how}>
      <button
        type="button"
        title={title}
        onClick={() => onOrder(up ? `-${sort}` : down ? 'ordinal' : sort)}
        className="inline-flex max-w-full items-center gap-1 rounded-bar hover:text-ink"
      >
        <span className="truncate [unicode-bidi:isolate]">{title}</span>
        {up && sort !== 'ordinal' && <ArrowUp aria-hidden className="size-3 shrink-0" />}
        {down && <ArrowDown aria-hidden className="size-3 shrink-0" />}
      </button>
      {edge}
    </Th>
  );
}
