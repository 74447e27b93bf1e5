'use client';
import { SearchField } from '#components/ui/search-field';
import { ColumnMenu } from './column-menu.tsx';
import type { ColumnName } from './column-names.ts';
import { NarrowMenu } from './narrow-menu.tsx';
import type { ShownFilter } from './shown-filter.ts';

/** Search over the whole batch, what it is narrowed by, and which columns are shown. */
export function ResultsToolbar({
  batchId,
  filter,
  onFilter,
  columns,
  onColumns,
}: {
  batchId: string;
  filter: ShownFilter;
  onFilter: (change: Partial<ShownFilter>) => void;
  columns: ColumnName[];
  onColumns: (word: string | null) => void;
}) {
  return (
    <div data-noprint className="flex flex-1 flex-wrap items-center justify-end gap-2">
      <SearchField
        label="Search results"
        placeholder="custom_id, prompt, answer"
        value={filter.q ?? ''}
        onSearch={(q) => onFilter({ q: q || null })}
        className="md:w-64"
      />
      <NarrowMenu batchId={batchId} filter={filter} onChange={onFilter} />
      <ColumnMenu shown={columns} onChange={onColumns} />
    </div>
  );
}
