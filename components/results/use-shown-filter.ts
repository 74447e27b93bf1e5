'use client';
import { useSearchParams } from 'next/navigation';
import { startTransition, useCallback, useMemo, useOptimistic } from 'react';
import { noFilter, type ShownFilter, shownFilterIn } from './shown-filter.ts';

/** What the address says, at once also what it is about to say, and how to change some of it. Behind a link only the outcome narrows. */
export function useShownFilter(all: boolean): [ShownFilter, (change: Partial<ShownFilter>) => void] {
  const params = useSearchParams();
  const filter = useMemo(() => {
    const told = shownFilterIn((name) => params.get(name));
    return all ? told : { ...noFilter, outcome: told.outcome, columns: told.columns };
  }, [params, all]);
  const [shown, expect] = useOptimistic(filter);
  const change = useCallback(
    (some: Partial<ShownFilter>) => {
      const search = new URLSearchParams(window.location.search);
      for (const [name, value] of Object.entries(some)) {
        if (value === null) search.delete(name);
        else search.set(name, value);
      }
      const text = search.toString();
      startTransition(() => {
        expect((now) => ({ ...now, ...some }));
        window.history.replaceState(null, '', text === '' ? window.location.pathname : `?${text}`);
      });
    },
    [expect],
  );
  return [shown, change];
}
