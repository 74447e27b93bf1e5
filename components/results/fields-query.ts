import { getJson } from '#lib/api-client';
import type { FieldFacts } from '#lib/model/answer-field';
import { apiPaths } from '#lib/paths';

/** Asked for the first time all answers are read, which takes a moment. */
export function fieldsQuery(batchId: string) {
  return {
    queryKey: ['results', 'fields', batchId],
    queryFn: ({ signal }: { signal: AbortSignal }) =>
      getJson<{ fields: FieldFacts[] }>(apiPaths.fields(batchId), { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  };
}
