'use client';
import type { ReactNode } from 'react';
import { SearchField } from '#components/ui/search-field';
import type { ColumnChange, ShownColumn } from './column-layout.ts';
import { ColumnMenu } from './column-menu.tsx';
import { NarrowMenu } from './narrow-menu.tsx';
import type { ShownFilter } from './shown-filter.ts';

/** Search over the whole batch, what it is narrowed by, and which columns are shown. */
export function ResultsToolbar({
  batchId,
  filter,
  onFilter,
  columns,
  onColumns,
  isJson,
  children,
}: {
  batchId: string;
  filter: ShownFilter;
  onFilter: (change: Partial<ShownFilter>) => void;
  columns: ShownColumn[];
  onColumns: (change: ColumnChange) => void;
  /** Some answer in sight looks like JSON. */
  isJson: boolean;
  /** What can be done with what is left. */
  children: ReactNode;
}) {
  return (
    <div
      data-noprint
      className="flex w-full flex-wrap items-center gap-2 lg:w-auto lg:flex-1 lg:flex-nowrap lg:justify-end"
    >
      <SearchField
        label="Search results"
        placeholder="custom_id, prompt, answer"
        value={filter.q ?? ''}
        onSearch={(q) => onFilter({ q: q || null })}
        className="md:max-lg:w-64 lg:w-auto lg:min-w-40 lg:max-w-64 lg:flex-1"
      />
      <NarrowMenu batchId={batchId} filter={filter} onChange={onFilter} isJson={isJson} />
      <ColumnMenu batchId={batchId} shown={columns} onChange={onColumns} isJson={isJson} />
      {children}
    </div>
  );
}
