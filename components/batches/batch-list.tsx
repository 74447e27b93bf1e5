'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useSearchParams } from 'next/navigation';
import { type ReactNode, useMemo, useRef, useState } from 'react';
import { StaleBand } from '#components/shell/stale-band';
import { Button } from '#components/ui/button';
import { Num } from '#components/ui/num';
import { SearchField } from '#components/ui/search-field';
import { cn } from '#lib/cn';
import { BatchListEmpty } from './batch-list-empty.tsx';
import { BatchListChips, BatchListFilter } from './batch-list-filter.tsx';
import { BatchListOrder } from './batch-list-order.tsx';
import { BatchListRow } from './batch-list-row.tsx';
import { BatchListTiles } from './batch-list-tiles.tsx';
import { BulkBar } from './bulk-bar.tsx';
import { addressOf, filterFrom, type ListFilter, wordsOf } from './list-filter.ts';
import { type BatchPage, batchListQuery } from './queries.ts';
import { useRowKeys } from './use-row-keys.ts';
import { useSelection } from './use-selection.ts';
import { useSteadyRows } from './use-steady-rows.ts';

/** The list, alive. The server drew the first page; this keeps it true. */
export function BatchList({
  first,
  firstFilter,
  renderedAt,
  mayOperate,
  sample,
}: {
  first: BatchPage;
  firstFilter: ListFilter;
  renderedAt: number;
  mayOperate: boolean;
  /** Offered where there is no batch at all. */
  sample: ReactNode;
}) {
  const search = useSearchParams();
  const filter = filterFrom((name) => search.get(name));
  const isFirst = addressOf(filter) === addressOf(firstFilter);
  const [seed] = useState({ pages: [first], pageParams: [null] });
  const query = useInfiniteQuery({
    ...batchListQuery(filter),
    initialData: isFirst ? seed : undefined,
    initialDataUpdatedAt: renderedAt,
    placeholderData: (before) => before,
  });
  const list = useRef<HTMLUListElement>(null);
  const pages = query.data?.pages ?? noPages;
  const items = useMemo(() => pages.flatMap((page) => page.items), [pages]);
  const { rows, waiting, showWaiting } = useSteadyRows(items, list);
  const selecting = useSelection(rows, JSON.stringify(wordsOf(filter)));
  useRowKeys(list, selecting.toggle);
  const total = pages.at(-1)?.total ?? 0;
  const counts = pages[0]?.views ?? first.views;

  if (counts.all === 0) return <BatchListEmpty filter={filter} none sample={sample} />;
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 pb-3">
        <BatchListTiles filter={filter} counts={counts} />
        <div className="flex w-full items-center gap-2 md:w-auto">
          <SearchField
            label="Search batches"
            placeholder="Name, tag, model, note"
            value={filter.q}
            onSearch={(q) => window.history.replaceState(null, '', addressOf({ ...filter, q }))}
            className="md:w-56"
          />
          <BatchListFilter filter={filter} />
          <BatchListOrder filter={filter} />
        </div>
      </div>
      <BatchListChips filter={filter} />
      {query.isError && <StaleBand error={query.error} />}
      <p role="status" className="sr-only">
        {query.isPlaceholderData ? '' : `${total} ${total === 1 ? 'batch' : 'batches'}`}
      </p>
      {items.length === 0 && !query.isPending ? (
        <BatchListEmpty filter={filter} none={false} sample={null} />
      ) : (
        <div className="relative">
          {waiting > 0 && (
            <div className="sticky top-3 z-10 flex h-0 justify-center">
              <Button size="sm" className="-mt-3.5 rounded-full! shadow-float" onClick={showWaiting}>
                Show {waiting} new
              </Button>
            </div>
          )}
          <ul
            ref={list}
            aria-label="Batches"
            className={cn('border-t transition-opacity', query.isPlaceholderData && 'opacity-60')}
          >
            {rows.map((batch) => (
              <BatchListRow
                key={batch.id}
                batch={batch}
                selected={selecting.has(batch.id)}
                onSelect={selecting.toggle}
              />
            ))}
          </ul>
        </div>
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
      <BulkBar selecting={selecting} filter={filter} total={total} mayOperate={mayOperate} />
    </>
  );
}

const noPages: BatchPage[] = [];
