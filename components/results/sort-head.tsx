'use client';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { Th } from '#components/ui/table';
import { cn } from '#lib/cn';
import type { ResultSort } from '#lib/model/result-query';
import type { ResultColumn } from './result-columns.tsx';

/** The head of a column: pressed once it orders by it, twice the other way round, a third time as they were sent. */
export function SortHead({
  column: { title, sort, width, className },
  order,
  onOrder,
}: {
  column: ResultColumn;
  order: ResultSort;
  onOrder: ((order: ResultSort) => void) | null;
}) {
  const where = cn(width, className?.replace(/\b(truncate|font-mono|text-xs|overflow-hidden)\b/g, ''));
  if (!sort || !onOrder) return <Th className={where}>{title}</Th>;
  const up = order === sort;
  const down = order === `-${sort}`;
  return (
    <Th aria-sort={up ? 'ascending' : down ? 'descending' : undefined} className={where}>
      <button
        type="button"
        onClick={() => onOrder(up ? `-${sort}` : down ? 'ordinal' : sort)}
        className="inline-flex items-center gap-1 rounded-bar hover:text-ink"
      >
        {title}
        {up && sort !== 'ordinal' && <ArrowUp aria-hidden className="size-3" />}
        {down && <ArrowDown aria-hidden className="size-3" />}
      </button>
    </Th>
  );
}
