'use client';
import { type UseQueryOptions, useQueries, useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { pageRows } from './page-options.ts';

/** Pages that are left behind faster than this are not asked for. */
const restMs = 60;
/** So many rows before they come into sight their page is asked for. */
const ahead = 40;

type Page<Row> = { items: Row[]; total: number };
type PageQuery<P> = Pick<
  UseQueryOptions<P, Error, P, readonly unknown[]>,
  'queryKey' | 'queryFn' | 'staleTime' | 'gcTime' | 'refetchInterval' | 'retry' | 'placeholderData'
>;

export type PagedRows<Row, P = Page<Row>> = {
  /** The first page, with whatever else it tells. */
  start: P | undefined;
  /** Those of the first page. */
  first: Row[];
  total: number;
  isPending: boolean;
  /** What is shown answers an earlier question; the answer to this one is being looked for. */
  isBehind: boolean;
  error: Error | null;
  /** Undefined until its page is there. */
  rowAt: (place: number) => Row | undefined;
  onSight: (from: number, to: number) => void;
  again: () => void;
};

/** Rows by their place in the whole list. Of a hundred thousand only the pages in sight are asked for and kept. */
export function usePagedRows<Row, P extends Page<Row>>(
  pageQuery: (page: number) => PageQuery<P>,
): PagedRows<Row, P> {
  const [sight, onSight] = useRestingSight();
  const start = useQuery(pageQuery(0));
  const total = start.data?.total ?? 0;
  const last = Math.min(sight.last, Math.ceil(total / pageRows) - 1);
  // What is shown until another filter is answered has no further pages.
  const numbers = start.isPlaceholderData ? [] : between(Math.max(1, sight.first), last);
  const more = useQueries({ queries: numbers.map((page) => pageQuery(page)) });
  const failed = [start, ...more].filter(({ isError }) => isError);
  return {
    start: start.data,
    first: start.data?.items ?? [],
    total,
    isPending: start.isPending,
    isBehind: start.isPlaceholderData,
    error: failed[0]?.error ?? null,
    rowAt(place) {
      const page = Math.floor(place / pageRows);
      const { data } = (page === 0 ? start : more[numbers.indexOf(page)]) ?? {};
      return data?.items[place % pageRows];
    },
    onSight,
    again: () => failed.forEach(({ refetch }) => void refetch()),
  };
}

type Pages = { first: number; last: number };

function useRestingSight(): [Pages, (from: number, to: number) => void] {
  const [pages, setPages] = useState<Pages>({ first: 0, last: 0 });
  const latest = useRef({ pages, at: 0, timer: 0 });
  const onSight = useCallback((from: number, to: number) => {
    const { current } = latest;
    const first = Math.floor(Math.max(0, from - ahead) / pageRows);
    const last = Math.floor((to + ahead) / pageRows);
    if (first === current.pages.first && last === current.pages.last) return;
    const isResting = performance.now() - current.at > restMs;
    clearTimeout(current.timer);
    current.pages = { first, last };
    current.at = performance.now();
    current.timer = window.setTimeout(() => setPages({ first, last }), isResting ? 0 : restMs);
  }, []);
  useEffect(() => () => clearTimeout(latest.current.timer), []);
  return [pages, onSight];
}

function between(first: number, last: number): number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, n) => first + n);
}
