import { getJson } from '#lib/api-client';
import { namesWord } from '#lib/model/answer-field';
import type { ResultDetail, ResultRow } from '#lib/model/result';
import { apiPaths, paths } from '#lib/paths';
import { firstPage, laterPage, pageRows } from './page-options.ts';
import { askedBy, type ShownFilter, searchOf, wordsOf } from './shown-filter.ts';

/** Whose results: a member's batch, or what a link reaches. Another `edition` of a batch has other results. */
export type Source = { batchId: string; edition?: string } | { shareToken: string };
export type ResultPage = { items: ResultRow[]; nextCursor: string | null; total: number };

/** Of the list as it is narrowed and ordered, the page with this number, counted from 0. Rows tell these fields too. */
export function pageQuery(source: Source, filter: ShownFilter, fields: string[], page: number) {
  const base =
    'batchId' in source ? apiPaths.results(source.batchId) : apiPaths.sharedResults(source.shareToken);
  const asked = {
    ...askedBy(filter),
    fields: namesWord(fields),
    from: String(page * pageRows),
    limit: String(pageRows),
  };
  return {
    queryKey: ['results', source, asked],
    queryFn: ({ signal }: { signal: AbortSignal }) =>
      getJson<ResultPage>(`${base}?${searchOf(asked)}`, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    ...(page === 0 ? firstPage : laterPage),
  };
}

export function resultQuery(source: Source, ordinal: number, filter: ShownFilter) {
  const path =
    'batchId' in source
      ? apiPaths.result(source.batchId, ordinal)
      : apiPaths.sharedResult(source.shareToken, ordinal);
  return {
    queryKey: ['result', source, ordinal, askedBy(filter)],
    queryFn: ({ signal }: { signal: AbortSignal }) =>
      getJson<ResultDetail>(`${path}?${searchOf(askedBy(filter))}`, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  };
}

/** Where one result opens: a page of its own for members, a place in this page for a link. */
export function resultHref(source: Source, ordinal: number, filter: ShownFilter): string {
  if ('shareToken' in source) return `?${searchOf({ ...wordsOf(filter), r: String(ordinal) })}`;
  const tail = searchOf(wordsOf(filter));
  return `${paths.result(source.batchId, ordinal)}${tail === '' ? '' : `?${tail}`}`;
}
