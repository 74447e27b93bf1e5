import { useQuery } from '@tanstack/react-query';
import { getJson } from '#lib/api-client';
import type { Batch, Counts } from '#lib/model/batch';
import { isOver } from '#lib/model/phase';
import type { Facets } from '#lib/model/result-facets';
import { apiPaths } from '#lib/paths';

/** How what the table shows has ended. While lines are sent again that is not how the batch stands. */
export function useShownCounts({ id, phase, counts, attempts }: Batch, edition: string): Counts {
  const { data } = useQuery({
    queryKey: ['facets', id, edition],
    queryFn: ({ signal }) => getJson<Facets>(apiPaths.facets(id), { signal }),
    enabled: !isOver(phase) && attempts.length > 1,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (isOver(phase) || !data) return counts;
  const {
    succeeded = 0,
    failed = 0,
    unparseable = 0,
    cancelled = 0,
    expired = 0,
    missing = 0,
  } = data.outcomes;
  return { ...counts, succeeded, failed: failed + unparseable, cancelled, expired, missing, pending: 0 };
}
