import { getJson } from '#lib/api-client';
import type { Outcome, ResultDetail, ResultRow } from '#lib/model/result';
import { apiPaths, paths } from '#lib/paths';

/** Whose results: a member's batch, or what a link reaches. */
export type Source = { batchId: string } | { shareToken: string };
export type ResultPage = { items: ResultRow[]; nextCursor: string | null; total: number };

export const pageRows = 200;

export function rowsQuery(source: Source, outcome: Outcome | null) {
  const base =
    'batchId' in source ? apiPaths.results(source.batchId) : apiPaths.sharedResults(source.shareToken);
  return {
    queryKey: ['results', source, outcome],
    queryFn: ({ pageParam, signal }: { pageParam: string | null; signal: AbortSignal }) =>
      getJson<ResultPage>(`${base}?${search({ outcome, cursor: pageParam, limit: String(pageRows) })}`, {
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page: ResultPage) => page.nextCursor,
    staleTime: Number.POSITIVE_INFINITY,
  };
}

export function resultQuery(source: Source, ordinal: number, outcome: Outcome | null) {
  const path =
    'batchId' in source
      ? apiPaths.result(source.batchId, ordinal)
      : apiPaths.sharedResult(source.shareToken, ordinal);
  return {
    queryKey: ['result', source, ordinal, outcome],
    queryFn: ({ signal }: { signal: AbortSignal }) =>
      getJson<ResultDetail>(`${path}?${search({ outcome })}`, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  };
}

/** Where one result opens: a page of its own for members, a place in this page for a link. */
export function resultHref(source: Source, ordinal: number, outcome: Outcome | null): string {
  if ('shareToken' in source) return `?${search({ outcome, r: String(ordinal) })}`;
  const tail = search({ outcome });
  return `${paths.result(source.batchId, ordinal)}${tail === '' ? '' : `?${tail}`}`;
}

function search(params: Record<string, string | null>): string {
  const given = Object.entries(params).filter((pair): pair is [string, string] => pair[1] !== null);
  return new URLSearchParams(given).toString();
}
