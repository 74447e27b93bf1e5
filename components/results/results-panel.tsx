'use client';
import { useQueryClient } from '@tanstack/react-query';
import { Hourglass, SearchX } from 'lucide-react';
import { useMemo } from 'react';
import { Band } from '#components/ui/band';
import { Button } from '#components/ui/button';
import { EmptyState } from '#components/ui/empty-state';
import { Skeleton } from '#components/ui/skeleton';
import type { Counts } from '#lib/model/batch';
import { type Attention, isOver, type Phase } from '#lib/model/phase';
import type { Outcome, ResultRow } from '#lib/model/result';
import { fieldsIn, resized } from './column-layout.ts';
import { meanwhileWords, notYetWords } from './not-yet-words.ts';
import { ResultsHead } from './results-head.tsx';
import { ResultsTable } from './results-table.tsx';
import { SelectionBar } from './selection-bar.tsx';
import { isNarrowed, noFilter, type ShownFilter } from './shown-filter.ts';
import { pageQuery, type Source } from './source.ts';
import { StillLooking } from './still-looking.tsx';
import { tableColumns } from './table-columns.tsx';
import { useChosen } from './use-chosen.ts';
import { useColumns } from './use-columns.ts';
import { useResultRows } from './use-result-rows.ts';
import { useShownFilter } from './use-shown-filter.ts';

/** The results of a batch; until there are any, why not yet. */
export function ResultsPanel({
  phase,
  attention = null,
  isRetry = false,
  ...rest
}: RowsProps & {
  phase: Phase;
  /** Behind a link nobody is told. */
  attention?: Attention | null;
  /** Lines are sent again: until they are answered, what was answered before is shown. */
  isRetry?: boolean;
}) {
  if (!isOver(phase) && !isRetry) return <NotYet phase={phase} attention={attention} />;
  return (
    <div className="grid gap-3">
      {!isOver(phase) && <Band tone="info">{meanwhileWords(attention)}</Band>}
      <Rows {...rest} />
    </div>
  );
}

type RowsProps = {
  source: Source;
  /** How what is shown has ended. */
  counts: Counts;
  /** What it cost is a price nobody pays. */
  demo: boolean;
  /** Opens a result, which has an address. */
  onOpen: (row: ResultRow, href: string) => void;
  /** Soon one might be opened. */
  onNear?: () => void;
  /** Rows can be chosen to be sent again. */
  onRetry?: (customIds: string[]) => void;
};

function Rows({ source, counts, demo, onOpen, onNear, onRetry }: RowsProps) {
  const client = useQueryClient();
  const chosen = useChosen();
  const isMember = 'batchId' in source;
  const [filter, narrow] = useShownFilter(isMember);
  const [columns, setColumns] = useColumns(isMember);
  const rows = useResultRows(source, filter, fieldsIn(columns));
  const { first } = rows;
  const tabled = useMemo(() => tableColumns(columns, first, demo), [columns, first, demo]);
  const ask = (change: Partial<ShownFilter>) =>
    void client.prefetchQuery(pageQuery(source, { ...filter, ...change }, fieldsIn(columns), 0));
  const narrowTo = (change: Partial<ShownFilter>) => {
    // Asked before anything is drawn anew: both take their time.
    ask(change);
    narrow(change);
  };
  return (
    <div className="grid gap-3">
      <ResultsHead
        source={source}
        counts={counts}
        filter={filter}
        onFilter={narrowTo}
        onNearFilter={ask}
        columns={columns}
        onColumns={setColumns}
        isJson={first.some(({ preview }) => preview.startsWith('{'))}
      />
      {onRetry && (
        <SelectionBar
          count={chosen.ids.size}
          onClear={chosen.clear}
          onRetry={() => onRetry([...chosen.ids])}
        />
      )}
      {rows.error && <CouldNotRead error={rows.error} onAgain={rows.again} />}
      {rows.isPending ? (
        <Waiting />
      ) : rows.total === 0 && isNarrowed(filter) ? (
        <NothingFound onShowAll={() => narrowTo({ ...noFilter, columns: filter.columns })} />
      ) : (
        <StillLooking on={rows.isBehind}>
          <ResultsTable
            rows={rows}
            source={source}
            filter={filter}
            columns={tabled}
            chosen={onRetry ? chosen : null}
            onWidth={isMember ? (id, width) => setColumns((now) => resized(now, id, width)) : null}
            onOrder={isMember ? (sort) => narrowTo({ sort: sort === 'ordinal' ? null : sort }) : null}
            onOpen={onOpen}
            onNear={onNear}
          />
        </StillLooking>
      )}
      <p role="status" className="sr-only">
        {rows.isPending || rows.isBehind
          ? 'Loading results'
          : `${rows.total} ${resultWord(filter.outcome, rows.total)}`}
      </p>
    </div>
  );
}

function CouldNotRead({ error, onAgain }: { error: Error; onAgain: () => void }) {
  return (
    <Band
      tone="bad"
      title="The results could not be read"
      actions={
        <Button size="sm" onClick={onAgain}>
          Try again
        </Button>
      }
    >
      {error.message}
    </Band>
  );
}

function NothingFound({ onShowAll }: { onShowAll: () => void }) {
  return (
    <EmptyState
      icon={<SearchX aria-hidden />}
      title="No result matches"
      action={<Button onClick={onShowAll}>Show all</Button>}
    >
      The whole batch was looked through.
    </EmptyState>
  );
}

function resultWord(outcome: Outcome | null, total: number): string {
  return `${outcome ? `${outcome} ` : ''}${total === 1 ? 'result' : 'results'}`;
}

function Waiting() {
  return (
    <div aria-hidden className="grid gap-px overflow-hidden rounded-panel border bg-surface p-3">
      {['a', 'b', 'c', 'd', 'e', 'f'].map((row) => (
        <Skeleton key={row} className="my-3 h-4" />
      ))}
    </div>
  );
}

function NotYet({ phase, attention }: { phase: Phase; attention: Attention | null }) {
  return (
    <EmptyState icon={<Hourglass aria-hidden />} title="No results yet">
      {notYetWords(phase, attention)}
    </EmptyState>
  );
}
