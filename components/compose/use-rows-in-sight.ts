import { type RefObject, useEffect, useState } from 'react';

const beyond = 8;
/** Before anything was measured: what a screen would hold. */
const atFirst = 24;

/** Which rows of one height stand in a scrolling box, with some to spare on either side. */
export function useRowsInSight(
  box: RefObject<HTMLElement | null>,
  count: number,
  rowHeight: number,
): { from: number; to: number } {
  const [sight, setSight] = useState({ from: 0, to: atFirst });
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = () => {
      const from = Math.max(0, Math.floor(element.scrollTop / rowHeight) - beyond);
      const to = Math.ceil((element.scrollTop + element.clientHeight) / rowHeight) + beyond;
      setSight((before) => (before.from === from && before.to === to ? before : { from, to }));
    };
    const watch = new ResizeObserver(measure);
    watch.observe(element);
    element.addEventListener('scroll', measure, { passive: true });
    return () => {
      watch.disconnect();
      element.removeEventListener('scroll', measure);
    };
  }, [box, rowHeight]);
  return { from: Math.min(sight.from, Math.max(0, count - 1)), to: Math.min(sight.to, count) };
}

/** Scrolls no further than it takes for the row to be in sight. */
export function bringIntoSight(box: HTMLElement | null, row: number, rowHeight: number): void {
  if (!box || row < 0) return;
  const top = row * rowHeight;
  if (top < box.scrollTop) box.scrollTop = top;
  else if (top + rowHeight > box.scrollTop + box.clientHeight)
    box.scrollTop = top + rowHeight - box.clientHeight;
}
