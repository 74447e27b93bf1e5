'use client';
import { useSearchParams } from 'next/navigation';
import { useCallback } from 'react';

/** One word of the address: shared by link, kept over a reload, and no navigation when it changes. */
export function useUrlParam(name: string): [string | null, (value: string | null) => void] {
  const value = useSearchParams().get(name);
  const set = useCallback(
    (next: string | null) => {
      const search = new URLSearchParams(window.location.search);
      if (next === null) search.delete(name);
      else search.set(name, next);
      const text = search.toString();
      window.history.replaceState(null, '', text === '' ? window.location.pathname : `?${text}`);
    },
    [name],
  );
  return [value, set];
}
