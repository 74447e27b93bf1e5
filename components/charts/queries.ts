import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { getJson } from '#lib/api-client';
import { type Batch, settledOf } from '#lib/model/batch';
import type { ProgressPoint } from '#lib/model/progress';
import type { ErrorGroup, Facets } from '#lib/model/result-facets';
import { apiPaths } from '#lib/paths';

/** Asked again when the counts have changed, and only then. */
export function progressQuery({ id, phase, counts }: Pick<Batch, 'id' | 'phase' | 'counts'>) {
  return queryOptions({
    queryKey: ['charts', 'progress', id, phase, settledOf(counts)],
    queryFn: ({ signal }) => getJson<{ items: ProgressPoint[] }>(apiPaths.progress(id), { signal }),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

const mostGroups = 12;
export type Outcomes = { facets: Facets; groups: ErrorGroup[]; ways: number };

export function outcomesQuery(batchId: string, edition: string) {
  return queryOptions({
    queryKey: ['charts', 'outcomes', batchId, edition],
    queryFn: async ({ signal }): Promise<Outcomes> => {
      const [facets, groups] = await Promise.all([
        getJson<Facets>(apiPaths.facets(batchId), { signal }),
        getJson<{ items: ErrorGroup[]; total: number }>(
          `${apiPaths.groups(batchId)}?cursor=0&limit=${mostGroups}`,
          { signal },
        ),
      ]);
      return { facets, groups: groups.items, ways: groups.total };
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
}
