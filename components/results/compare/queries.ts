import { paceOf } from '#components/shell/pace';
import { getJson } from '#lib/api-client';
import type { ComparisonPage, OtherBatch, PairDetail } from '#lib/model/comparison';
import { isOver } from '#lib/model/phase';
import { apiPaths } from '#lib/paths';
import { type Comparing, searchFor } from './compare-words.ts';

const pageRows = '200';
type Signal = { signal: AbortSignal };

/** The pairs in their order, with what all of them come to. Asked again while one side still runs. */
export function pairsQuery(batchId: string, comparing: Comparing) {
  return {
    queryKey: ['compare', batchId, comparing],
    queryFn: ({ pageParam, signal }: Signal & { pageParam: string }) => {
      const search = searchFor(comparing, { cursor: pageParam, limit: pageRows });
      return getJson<ComparisonPage>(`${apiPaths.compare(batchId)}?${search}`, { signal });
    },
    initialPageParam: '0',
    getNextPageParam: (page: ComparisonPage) => page.nextCursor,
    refetchInterval: ({ state }: { state: { data?: { pages: ComparisonPage[] }; error: Error | null } }) => {
      const [page] = state.data?.pages ?? [];
      const isStill = page && isOver(page.first.phase) && isOver(page.second.phase);
      return isStill ? false : paceOf(state.error, 10_000);
    },
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
