'use client';
import { type MouseEvent, memo } from 'react';
import { Checkbox } from '#components/ui/checkbox';
import { Td, Tr } from '#components/ui/table';
import { cn } from '#lib/cn';
import type { ResultRow } from '#lib/model/result';
import { pinClass, pinStyle, staysClass, type TableColumn } from './table-columns.tsx';
import type { Chosen } from './use-chosen.ts';

type RowProps = {
  row: ResultRow;
  index: number;
  /** Where its result has an address. */
  href: string;
  columns: TableColumn[];
  chosen: Chosen | null;
  onOpen: (row: ResultRow, href: string) => void;
  onNear: (() => void) | undefined;
};

/** Drawn again only when something of its own changes: while the table is scrolled most rows stay as they are. */
export const Row = memo(function Row({ row, index, href, columns, chosen, onOpen, onNear }: RowProps) {
  return (
    <Tr
      aria-rowindex={index + 2}
      className="cursor-pointer bg-surface [&>td]:border-b"
      onPointerEnter={onNear}
      onFocus={onNear}
      onClick={(event) => {
        if (opensElsewhere(event) || (event.target as Element).closest('a, label')) return;
        if (window.getSelection()?.isCollapsed !== false) onOpen(row, href);
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
              <a
                href={href}
                data-row
                className="rounded-bar hover:underline"
                onClick={(event) => {
                  if (opensElsewhere(event)) return;
                  event.preventDefault();
                  onOpen(row, href);
                }}
              >
                {row.customId}
              </a>
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
});

function opensElsewhere({ metaKey, ctrlKey, shiftKey, altKey }: MouseEvent): boolean {
  return metaKey || ctrlKey || shiftKey || altKey;
}
