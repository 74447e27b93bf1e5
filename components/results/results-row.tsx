'use client';
import Link from 'next/link';
import { Checkbox } from '#components/ui/checkbox';
import { Td, Tr } from '#components/ui/table';
import { cn } from '#lib/cn';
import type { ResultRow } from '#lib/model/result';
import type { ShownFilter } from './shown-filter.ts';
import { resultHref, type Source } from './source.ts';
import { pinClass, pinStyle, staysClass, type TableColumn } from './table-columns.tsx';
import type { Chosen } from './use-chosen.ts';

type RowProps = {
  row: ResultRow;
  index: number;
  source: Source;
  filter: ShownFilter;
  columns: TableColumn[];
  chosen: Chosen | null;
  onOpen: (row: ResultRow) => void;
};

export function Row({ row, index, source, filter, columns, chosen, onOpen }: RowProps) {
  return (
    <Tr
      aria-rowindex={index + 2}
      className="cursor-pointer bg-surface [&>td]:border-b"
      onClick={(event) => {
        const plain = !event.metaKey && !event.ctrlKey && !(event.target as Element).closest('a, label');
        if (plain && window.getSelection()?.isCollapsed !== false) onOpen(row);
      }}
    >
      {chosen && (
        <Td style={pinStyle(0)} className={cn('pr-0', staysClass)}>
          <Checkbox
            checked={chosen.ids.has(row.customId)}
            onChange={() => chosen.toggle(row.customId)}
            className="relative grid size-6 place-items-center"
          >
            <span className="sr-only">Choose {row.customId}</span>
          </Checkbox>
        </Td>
      )}
      {columns.map((column, n) => {
        const pin = column.pinned ? { style: pinStyle(n + 1) } : {};
        const stays = pinClass(column);
        if (column.id === 'customId') {
          return (
            <Td key={column.id} {...pin} className={cn('truncate font-mono text-xs', stays)}>
              <NameLink {...{ row, source, filter, onOpen }} />
            </Td>
          );
        }
        const title = column.id === 'answer' ? row.preview : undefined;
        return (
          <Td key={column.id} {...pin} className={cn(column.className, stays)} title={title}>
            {column.cell(row)}
          </Td>
        );
      })}
    </Tr>
  );
}

function NameLink({ row, source, filter, onOpen }: Pick<RowProps, 'row' | 'source' | 'filter' | 'onOpen'>) {
  return (
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
      {row.customId}
    </Link>
  );
}
