'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useSearchParams } from 'next/navigation';
import { type ReactNode, useRef, useState } from 'react';
import { StaleBand } from '#components/shell/stale-band';
import { Button } from '#components/ui/button';
import { Num } from '#components/ui/num';
import { cn } from '#lib/cn';
import { BatchListEmpty } from './batch-list-empty.tsx';
import { BatchListRow } from './batch-list-row.tsx';
import { BatchListSearch } from './batch-list-search.tsx';
import { BatchListTiles } from './batch-list-tiles.tsx';
import { filterFrom, type ListFilter } from './list-filter.ts';
import { type BatchPage, batchListQuery } from './queries.ts';
import { useRowKeys } from './use-row-keys.ts';

/** The list, alive. The server drew the first page; this keeps it true. */
export function BatchList({
  first,
  firstFilter,
  renderedAt,
  sample,
}: {
  first: BatchPage;
  firstFilter: ListFilter;
  renderedAt: number;
  /** Offered where there is no batch at all. */
  sample: ReactNode;
}) {
  const search = useSearchParams();
  const filter = filterFrom((name) => search.get(name));
  const isFirst = filter.view === firstFilter.view && filter.q === firstFilter.q;
  const [seed] = useState({ pages: [first], pageParams: [null] });
  const query = useInfiniteQuery({
    ...batchListQuery(filter),
    initialData: isFirst ? seed : undefined,
    initialDataUpdatedAt: renderedAt,
    placeholderData: (before) => before,
  });
  const rows = useRef<HTMLUListElement>(null);
  useRowKeys(rows);
  const pages = query.data?.pages ?? [];
  const items = pages.flatMap((page) => page.items);
  const total = pages.at(-1)?.total ?? 0;
  const counts = pages[0]?.views ?? first.views;

  if (counts.all === 0) return <BatchListEmpty filter={filter} none sample={sample} />;
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 pb-3">
        <BatchListTiles filter={filter} counts={counts} />
        <BatchListSearch filter={filter} />
      </div>
      {query.isError && <StaleBand error={query.error} />}
      <p role="status" className="sr-only">
        {query.isPlaceholderData ? '' : `${total} ${total === 1 ? 'batch' : 'batches'}`}
      </p>
      {items.length === 0 && !query.isPending ? (
        <BatchListEmpty filter={filter} none={false} sample={null} />
      ) : (
        <ul
          ref={rows}
          aria-label="Batches"
          className={cn('border-t transition-opacity', query.isPlaceholderData && 'opacity-60')}
        >
          {items.map((batch) => (
            <BatchListRow key={batch.id} batch={batch} />
          ))}
        </ul>
      )}
      {query.hasNextPage && (
        <div className="flex items-center justify-center gap-3 pt-5 text-muted text-sm">
          <Button busy={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
            Load more
          </Button>
          <span>
            <Num value={items.length} /> of <Num value={total} />
          </span>
        </div>
      )}
    </>
  );
}
