import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { getJson } from '#lib/api-client';
import type { BatchSummary } from '#lib/model/batch';
import { apiPaths } from '#lib/paths';

/** A few batches by what is typed; the latest where nothing is. */
export function foundBatchesQuery(q: string) {
  const search = new URLSearchParams({ limit: '8', ...(q ? { q } : {}) });
  return queryOptions({
    queryKey: ['batches', 'palette', q],
    queryFn: ({ signal }) => getJson<{ items: BatchSummary[] }>(`${apiPaths.batches}?${search}`, { signal }),
    placeholderData: keepPreviousData,
  });
}
