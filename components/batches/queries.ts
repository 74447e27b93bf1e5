import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { paceOf } from '#components/shell/pace';
import { getJson } from '#lib/api-client';
import type { BatchSummary } from '#lib/model/batch';
import { isOver } from '#lib/model/phase';
import { apiPaths } from '#lib/paths';
import { addressOf, type ListFilter, type ViewCounts, wordsOf } from './list-filter.ts';

export type BatchPage = {
  items: BatchSummary[];
  nextCursor: string | null;
  total: number;
  views: ViewCounts;
};

export const pageSize = 50;

/** The list in its order. Follows closely while something runs, else now and then; hidden tabs ask nothing. */
export function batchListQuery(filter: ListFilter) {
  return infiniteQueryOptions({
    queryKey: ['batches', 'list', addressOf(filter)],
    queryFn: ({ pageParam, signal }) =>
      getJson<BatchPage>(`${apiPaths.batches}?${searchFor(filter, pageParam)}`, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.nextCursor,
    refetchInterval: ({ state }) => {
      const pages = state.data?.pages ?? [];
      const moving = pages.some((page) => page.items.some((batch) => !isOver(batch.phase)));
      return paceOf(state.error, moving && pages.length < 4 ? 2_000 : 15_000);
    },
  });
}

function searchFor(filter: ListFilter, cursor: string | null): URLSearchParams {
  const search = new URLSearchParams({ ...wordsOf(filter), sort: filter.sort, limit: String(pageSize) });
  if (cursor) search.set('cursor', cursor);
  return search;
}

export type Choice = { value: string; label: string; count?: number };
type Choices = Record<'tags' | 'connections' | 'owners', Choice[]>;

/** What the list can be narrowed by. */
export const listChoicesQuery = queryOptions({
  queryKey: ['batches', 'choices'],
  queryFn: ({ signal }) => getJson<Choices>(apiPaths.batchChoices, { signal }),
  staleTime: 10_000,
});
