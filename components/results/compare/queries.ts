import type { Query } from '@tanstack/react-query';
import { firstPage, laterPage, pageRows } from '#components/results/page-options';
import { paceOf } from '#components/shell/pace';
import { getJson } from '#lib/api-client';
import type { ComparisonPage, OtherBatch, PairDetail } from '#lib/model/comparison';
import { isOver } from '#lib/model/phase';
import { apiPaths } from '#lib/paths';
import { type Comparing, searchFor } from './compare-words.ts';

type Signal = { signal: AbortSignal };

/** A page of the pairs by its number, with what all of them come to. Asked again while one side still runs. */
export function pairsQuery(batchId: string, comparing: Comparing, page: number) {
  return {
    queryKey: ['compare', batchId, comparing, page],
    queryFn: ({ signal }: Signal) => {
      const search = searchFor(comparing, { from: String(page * pageRows), limit: String(pageRows) });
      return getJson<ComparisonPage>(`${apiPaths.compare(batchId)}?${search}`, { signal });
    },
    refetchInterval: ({ state: { data, error } }: Query<ComparisonPage>) =>
      data && isOver(data.first.phase) && isOver(data.second.phase) ? false : paceOf(error, 10_000),
    ...(page === 0 ? firstPage : laterPage),
    retry: false,
  };
}

export function pairQuery(batchId: string, comparing: Comparing, pair: number) {
  return {
    queryKey: ['pair', batchId, comparing, pair],
    queryFn: ({ signal }: Signal) =>
      getJson<PairDetail>(`${apiPaths.pair(batchId, pair)}?${searchFor(comparing)}`, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  };
}

export function othersQuery(batchId: string, q: string) {
  return {
    queryKey: ['others to compare', batchId, q],
    queryFn: ({ signal }: Signal) =>
      getJson<{ items: OtherBatch[] }>(
        `${apiPaths.othersToCompare(batchId)}?${new URLSearchParams(q === '' ? {} : { q })}`,
        { signal },
      ),
    staleTime: 10_000,
  };
}
