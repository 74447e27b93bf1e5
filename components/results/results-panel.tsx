'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Hourglass } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useCallback } from 'react';
import { useUrlParam } from '#components/shell/use-url-param';
import { Band } from '#components/ui/band';
import { Button } from '#components/ui/button';
import { EmptyState } from '#components/ui/empty-state';
import { Skeleton } from '#components/ui/skeleton';
import type { Counts } from '#lib/model/batch';
import { isOver, type Phase } from '#lib/model/phase';
import { type Outcome, outcomes } from '#lib/model/result';
import { OutcomeFilter } from './outcome-filter.tsx';
import { ResultsTable } from './results-table.tsx';
import { resultHref, rowsQuery, type Source } from './source.ts';

/** The results of a batch; until there are any, why not yet. */
export function ResultsPanel({
  source,
  phase,
  counts,
  demo,
  onOpen,
}: {
  source: Source;
  phase: Phase;
  counts: Counts;
  /** What it cost is a price nobody pays. */
  demo: boolean;
  /** A link's page opens a result in place. */
  onOpen?: (ordinal: number) => void;
}) {
  if (!isOver(phase)) return <NotYet phase={phase} />;
  return <Rows source={source} counts={counts} demo={demo} onOpen={onOpen} />;
}

function Rows({
  source,
  counts,
  demo,
  onOpen,
}: {
  source: Source;
  counts: Counts;
  demo: boolean;
  onOpen?: (ordinal: number) => void;
}) {
  const router = useRouter();
  const [word, setWord] = useUrlParam('outcome');
  const outcome = outcomes.find((known) => known === word) ?? null;
  const query = useInfiniteQuery({ ...rowsQuery(source, outcome), placeholderData: (before) => before });
  const { fetchNextPage, isFetchingNextPage, hasNextPage } = query;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [fetchNextPage, hasNextPage, isFetchingNextPage]);
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  const total = query.data?.pages[0]?.total ?? 0;
  return (
    <div className="grid gap-3">
      <OutcomeFilter counts={counts} value={outcome} onChange={setWord} />
      {query.isError && (
        <Band
          tone="bad"
          title="The results could not be read"
          actions={
            <Button size="sm" onClick={() => query.refetch()}>
              Try again
            </Button>
          }
        >
          {query.error.message}
        </Band>
      )}
      {query.isPending ? (
        <Waiting />
      ) : (
        <ResultsTable
          rows={rows}
          total={total}
          source={source}
          outcome={outcome}
          demo={demo}
          onEnd={more}
          onOpen={({ ordinal }) =>
            onOpen ? onOpen(ordinal) : router.push(resultHref(source, ordinal, outcome))
          }
        />
      )}
      <p role="status" className="sr-only">
        {query.isPending ? 'Loading results' : `${total} ${resultWord(outcome, total)}`}
      </p>
    </div>
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

const notYet: Partial<Record<Phase, string>> = {
  queued: 'The batch has not been sent yet.',
  submitting: 'The batch is on its way to the provider.',
  collecting: 'The answers have arrived and are being sorted to their requests.',
  cancelling: 'The provider was asked to stop. What it has answered until then is kept.',
};

function NotYet({ phase }: { phase: Phase }) {
  return (
    <EmptyState icon={<Hourglass aria-hidden />} title="No results yet">
      {notYet[phase] ?? 'The provider is working. Results appear here by themselves when it is done.'}
    </EmptyState>
  );
}
