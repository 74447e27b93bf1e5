import { useQuery, useQueryClient } from '@tanstack/react-query';
import { paceOf } from '#components/shell/pace';
import { ApiError, getVersioned, type Versioned } from '#lib/api-client';
import { isOver } from '#lib/model/phase';
import type { SharedBatch } from '#lib/model/share';
import { apiPaths } from '#lib/paths';

/** What a link shows, kept true while it is open. `ended` once the link was revoked or ran out. */
export function useSharedBatch(token: string, first: SharedBatch): { batch: SharedBatch; ended: boolean } {
  const queries = useQueryClient();
  const queryKey = ['shared', token];
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) => {
      const before = queries.getQueryData<Versioned<SharedBatch>>(queryKey);
      return getVersioned<SharedBatch>(apiPaths.sharedBatch(token), before, signal);
    },
    initialData: { value: first, etag: null, checkedAt: first.checkedAt, nextCheckAt: null },
    refetchInterval: ({ state }) => {
      if (hasEnded(state.error)) return false;
      return paceOf(state.error, state.data && isOver(state.data.value.phase) ? 30_000 : 1_500);
    },
  });
  return { batch: query.data.value, ended: hasEnded(query.error) };
}

function hasEnded(error: Error | null): boolean {
  return error instanceof ApiError && error.status === 404;
}
