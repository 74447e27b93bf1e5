'use client';
import { X } from 'lucide-react';
import dynamic from 'next/dynamic';
import { conditionsIn, conditionsWord } from '#lib/model/answer-field';
import type { Counts } from '#lib/model/batch';
import type { ColumnChange, ShownColumn } from './column-layout.ts';
import { conditionWords } from './condition-words.ts';
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
  onNearFilter,
  columns,
  onColumns,
  isJson,
}: {
  source: Source;
  counts: Counts;
  filter: ShownFilter;
  onFilter: (change: Partial<ShownFilter>) => void;
  /** Soon it might be narrowed like this. */
  onNearFilter: (change: Partial<ShownFilter>) => void;
  columns: ShownColumn[];
  onColumns: (change: ColumnChange) => void;
  /** Some answer in sight looks like JSON. */
  isJson: boolean;
}) {
  const conditions = conditionsIn(filter.where) ?? [];
  return (
    <div data-noprint className="flex flex-wrap items-center justify-between gap-2">
      <div className="flex flex-wrap gap-1.5 empty:hidden">
        <OutcomeFilter
          counts={counts}
          value={filter.outcome}
          onChange={(outcome) => onFilter({ outcome })}
          onNear={(outcome) => onNearFilter({ outcome })}
        />
        {filter.group !== null && <Chip onClear={() => onFilter({ group: null })}>one error group</Chip>}
        {conditions.map((condition, n) => (
          <Chip
            key={condition.join()}
            onClear={() => onFilter({ where: conditionsWord(conditions.toSpliced(n, 1)) })}
          >
            {conditionWords(condition)}
          </Chip>
        ))}
      </div>
      {'batchId' in source && (
        <ResultsToolbar
          batchId={source.batchId}
          filter={filter}
          onFilter={onFilter}
          columns={columns}
          onColumns={onColumns}
          isJson={isJson}
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

function Chip({ onClear, children }: { onClear: () => void; children: string }) {
  return (
    <button
      type="button"
      onClick={onClear}
      className="flex h-7 max-w-80 items-center gap-1.5 rounded-full border border-accent/50 bg-accent/10 px-2.5 font-medium text-sm"
    >
      <span className="truncate [unicode-bidi:isolate]">{children}</span>
      <X aria-hidden className="size-3.5 shrink-0" />
      <span className="sr-only">Show all again</span>
    </button>
  );
}
