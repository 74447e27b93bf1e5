'use client';
import { type RefObject, useLayoutEffect } from 'react';

/** Tells the table where its pinned columns stay: each behind those that are pinned before it. `pinned` are their places and names. */
export function usePins(table: RefObject<HTMLTableElement | null>, pinned: string): void {
  useLayoutEffect(() => {
    const { current } = table;
    if (!current) return;
    const heads = pinned.split(' ').flatMap((one) => {
      const at = Number.parseInt(one, 10);
      return current.querySelector<HTMLElement>(`th[data-pin="${at}"]`) ?? [];
    });
    const place = () => {
      let left = 0;
      for (const head of heads) {
        current.style.setProperty(`--pin-${head.dataset.pin}`, `${left}px`);
        // Where there is little room not all of them stay.
        if (getComputedStyle(head).position === 'sticky') left += head.offsetWidth;
      }
    };
    place();
    const observer = new ResizeObserver(place);
    for (const head of heads) observer.observe(head);
    return () => observer.disconnect();
  }, [table, pinned]);
}
