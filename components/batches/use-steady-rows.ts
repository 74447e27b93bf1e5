'use client';
import { type RefObject, useEffect, useState } from 'react';

export type Steady<T> = { rows: T[]; waiting: number; showWaiting: () => void };

/**
 * New rows wait behind a button while somebody points at the list, has scrolled it or stands in it: nothing moves
 * under a hand. Otherwise they simply appear.
 */
export function useSteadyRows<T extends { id: string }>(
  items: readonly T[],
  list: RefObject<HTMLElement | null>,
): Steady<T> {
  const [known, setKnown] = useState<ReadonlySet<string>>(() => idsOf(items));
  const start = Math.max(
    0,
    items.findIndex(({ id }) => known.has(id)),
  );
  const newest = items[0]?.id;

  useEffect(() => {
    if (start === 0 || !isInUse(list.current)) setKnown(idsOf(items));
  }, [items, start, list]);

  return {
    rows: items.slice(start),
    waiting: newest === undefined ? 0 : start,
    showWaiting: () => setKnown(idsOf(items)),
  };
}

function isInUse(list: HTMLElement | null): boolean {
  if (!list) return false;
  return window.scrollY > 0 || list.matches(':hover') || list.contains(document.activeElement);
}

function idsOf(items: readonly { id: string }[]): ReadonlySet<string> {
  return new Set(items.map(({ id }) => id));
}
