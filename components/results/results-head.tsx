'use client';
import { X } from 'lucide-react';
import dynamic from 'next/dynamic';
import type { Counts } from '#lib/model/batch';
import type { ColumnName } from './column-names.ts';
import { ExportMenu } from './export-menu.tsx';
import { OutcomeFilter } from './outcome-filter.tsx';
import { isNarrowed, type ShownFilter } from './shown-filter.ts';
import type { Source } from './source.ts';

/** Behind a link there is none, so it is not loaded there. */
const ResultsToolbar = dynamic(() => import('./results-toolbar.tsx').then((m) => m.ResultsToolbar));

/** What the results are narrowed to, and for members the ways to narrow, shape and take them along. */
export function ResultsHead({
  source,
  counts,
  filter,
  onFilter,
  columns,
  onColumns,
}: {
  source: Source;
  counts: Counts;
  filter: ShownFilter;
  onFilter: (change: Partial<ShownFilter>) => void;
  columns: ColumnName[];
  onColumns: (word: string | null) => void;
}) {
  return (
    <div data-noprint className="flex flex-wrap items-center justify-between gap-2">
      <div className="flex flex-wrap gap-1.5 empty:hidden">
        <OutcomeFilter counts={counts} value={filter.outcome} onChange={(outcome) => onFilter({ outcome })} />
        {filter.group !== null && <GroupChip onClear={() => onFilter({ group: null })} />}
      </div>
      {'batchId' in source && (
        <ResultsToolbar
          batchId={source.batchId}
          filter={filter}
          onFilter={onFilter}
          columns={columns}
          onColumns={onColumns}
        >
          {isNarrowed(filter) && (
            <ExportMenu batchId={source.batchId} filter={filter} label="Download these" size="sm">
              What the table is narrowed to
            </ExportMenu>
          )}
        </ResultsToolbar>
      )}
    </div>
  );
}

function GroupChip({ onClear }: { onClear: () => void }) {
  return (
    <button
      type="button"
      onClick={onClear}
      className="flex h-7 items-center gap-1.5 rounded-full border border-accent/50 bg-accent/10 px-2.5 font-medium text-sm"
    >
      one error group <X aria-hidden className="size-3.5" />
      <span className="sr-only">Show all again</span>
    </button>
  );
}
