'use client';
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { type RefObject, useEffect, useEffectEvent, useLayoutEffect, useMemo, useRef } from 'react';
import { Band } from '#components/ui/band';
import { getJson } from '#lib/api-client';
import type { SendTarget } from '#lib/model/request-job';
import type { ResultDetail } from '#lib/model/result';
import { apiPaths } from '#lib/paths';
import { FirstLook } from './first-look.tsx';
import { type Go, type ResultBatch, ResultFrame } from './result-frame.tsx';
import type { ShownFilter } from './shown-filter.ts';
import { type ResultPage, resultHref, resultQuery, type Source } from './source.ts';
import { useShownFilter } from './use-shown-filter.ts';

/** Code as an answer that is asked for once: it can be fetched ahead, and once it is there nothing waits for it. */
export const resultScreenQuery = queryOptions({
  queryKey: ['code', 'result screen'],
  queryFn: () => import('./result-screen.tsx'),
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: Number.POSITIVE_INFINITY,
  networkMode: 'always',
});

/** One result in place of its batch: first what its row has told, then the whole. */
export function ResultInPlace({
  batch,
  source,
  connectionId,
  ordinal,
  onGo,
}: {
  batch: ResultBatch;
  source: Source & { batchId: string };
  connectionId: string;
  ordinal: number;
  onGo: Go;
}) {
  const [filter] = useShownFilter(true);
  const { data: result, error } = useQuery(resultQuery(source, ordinal, filter));
  const { data: code } = useQuery({ ...resultScreenQuery, throwOnError: true });
  const { data: target = null } = useQuery(targetQuery(connectionId));
  const row = useKnownRow(source, ordinal);
  const title = (result ?? row)?.customId ?? `Request ${ordinal}`;
  useNeighbours(source, [result?.next, result?.previous], filter);
  useEarlyStep(result && code ? result : null, (to) => onGo?.(resultHref(source, to, filter)));
  const box = useArrival(`${title} · ${batch.name}`);
  return (
    <section ref={box} tabIndex={-1} aria-label={title} className="outline-none">
      {result && code ? (
        <code.ResultScreen {...{ batch, result, filter, target, onGo }} />
      ) : (
        <ResultFrame {...{ batch, ordinal, title, filter, onGo }}>
          {error ? (
            <Band tone="bad" title="This result could not be read">
              {error.message}
            </Band>
          ) : (
            <FirstLook row={row} demo={batch.demo} />
          )}
        </ResultFrame>
      )}
    </section>
  );
}

/** What the table has of it, on whatever page that is. */
function useKnownRow(source: Source, ordinal: number) {
  const client = useQueryClient();
  return useMemo(() => {
    const pages = client.getQueriesData<ResultPage>({ queryKey: ['results', source] });
    return pages.flatMap(([, page]) => page?.items ?? []).find((row) => row.ordinal === ordinal);
  }, [client, source, ordinal]);
}

/** `j` and `k` pressed before it is known where they lead are followed as soon as it is. */
function useEarlyStep(result: ResultDetail | null, onMove: (ordinal: number) => void): void {
  const pressed = useRef<'next' | 'previous' | null>(null);
  const isComing = result === null;
  useEffect(() => {
    if (!isComing) return;
    const listen = (event: KeyboardEvent) => {
      if (event.metaKey || event.ctrlKey || event.altKey) return;
      const way = ({ j: 'next', k: 'previous' } as const)[event.key];
      if (way) pressed.current = way;
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [isComing]);
  const follow = useEffectEvent((whole: ResultDetail) => {
    const to = pressed.current && whole[pressed.current];
    pressed.current = null;
    if (to !== null) onMove(to);
  });
  useEffect(() => {
    if (result) follow(result);
  }, [result]);
}

/** Next and Previous open at once too. */
function useNeighbours(source: Source, ordinals: (number | null | undefined)[], filter: ShownFilter): void {
  const client = useQueryClient();
  const [next, previous] = ordinals;
  useEffect(() => {
    for (const ordinal of [next, previous])
      if (ordinal != null) void client.prefetchQuery(resultQuery(source, ordinal, filter));
  }, [client, source, next, previous, filter]);
}

/** As on a page of its own: it begins at its top, has the focus and names the tab. */
function useArrival(title: string): RefObject<HTMLElement | null> {
  const box = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    window.scrollTo(0, 0);
    box.current?.focus({ preventScroll: true });
  }, []);
  useEffect(() => {
    document.title = title;
  }, [title]);
  return box;
}

/** As a copied program needs it. */
function targetQuery(connectionId: string) {
  return queryOptions({
    queryKey: ['send target', connectionId],
    queryFn: ({ signal }) => getJson<SendTarget>(apiPaths.connection(connectionId), { signal }),
  });
}
