'use client';
import { useQueries, useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { ResultRow } from '#lib/model/result';
import type { ShownFilter } from './shown-filter.ts';
import { pageQuery, pageRows, type Source } from './source.ts';

/** Pages that are left behind faster than this are not asked for. */
const restMs = 60;
/** So many rows before they come into sight their page is asked for. */
const ahead = 40;

export type ResultRows = {
  total: number;
  /** Those of the first page. */
  first: ResultRow[];
  isPending: boolean;
  error: Error | null;
  /** Undefined until its page is there. */
  rowAt: (place: number) => ResultRow | undefined;
  onSight: (from: number, to: number) => void;
  again: () => void;
};

/** Rows by their place in the whole list. Of a hundred thousand only the pages in sight are asked for and kept. */
export function useResultRows(source: Source, filter: ShownFilter, fields: string[]): ResultRows {
  const [sight, onSight] = useRestingSight();
  const start = useQuery({ ...pageQuery(source, filter, fields, 0), placeholderData: (before) => before });
  const total = start.data?.total ?? 0;
  const last = Math.min(sight.last, Math.ceil(total / pageRows) - 1);
  // What is shown until another filter is answered has no further pages.
  const numbers = start.isPlaceholderData ? [] : between(Math.max(1, sight.first), last);
  const more = useQueries({ queries: numbers.map((page) => pageQuery(source, filter, fields, page)) });
  const failed = [start, ...more].filter(({ isError }) => isError);
  return {
    total,
    first: start.data?.items ?? [],
    isPending: start.isPending,
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
