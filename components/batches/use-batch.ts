import { queryOptions, useQuery } from '@tanstack/react-query';
import { paceOf } from '#components/shell/pace';
import { getVersioned, type Versioned } from '#lib/api-client';
import { type Batch, nextCheckOf } from '#lib/model/batch';
import { isOver } from '#lib/model/phase';
import { apiPaths } from '#lib/paths';

export type Watched = {
  batch: Batch;
  checkedAt: string | null;
  nextCheckAt: string | null;
  /** Why what is shown may be old; null while our server answers. */
  trouble: Error | null;
};

export function batchQuery(id: string) {
  return queryOptions({
    queryKey: ['batches', 'one', id],
    queryFn: ({ client, queryKey, signal }) =>
      getVersioned<Batch>(apiPaths.batch(id), client.getQueryData<Versioned<Batch>>(queryKey), signal),
    refetchInterval: ({ state }) =>
      state.data && isOver(state.data.value.phase) ? false : paceOf(state.error, 1_500),
  });
}

/** Follows our own row, never the provider. Hidden tabs ask nothing, and nobody asks once it is over. */
export function useBatch(first: Batch): Watched {
  const { data, error } = useQuery({ ...batchQuery(first.id), initialData: versionOf(first) });
  const { value: batch, checkedAt, nextCheckAt } = data;
  return { batch, checkedAt, nextCheckAt, trouble: error };
}

export function versionOf(batch: Batch): Versioned<Batch> {
  return { value: batch, etag: null, checkedAt: batch.checkedAt, nextCheckAt: nextCheckOf(batch) };
}
