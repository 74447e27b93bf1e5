import { type RefObject, useEffect, useState } from 'react';

const beyond = 8;
/** Before anything was measured: what a screen would hold. */
const atFirst = 24;
/** No browser draws what stands lower than its own limit, and the lowest of these is near 18 million pixels. */
const tallest = 16_000_000;

export type Sight = {
  /** The rows that should exist. */
  from: number;
  to: number;
  /** How much room to hold open for those before and behind. */
  before: number;
  after: number;
};

/** Which rows of one height stand in a scrolling box, with some to spare on either side. A list too tall to be drawn is scrolled through faster. */
export function useRowsInSight(box: RefObject<HTMLElement | null>, count: number, rowHeight: number): Sight {
  const [at, setAt] = useState({ from: 0, to: atFirst, ahead: 0 });
  const tall = Math.min(count * rowHeight, tallest);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = () => {
      const ahead = aheadOf(element, count * rowHeight, tall);
      const top = element.scrollTop + ahead;
      const from = Math.max(0, Math.floor(top / rowHeight) - beyond);
      const to = Math.ceil((top + element.clientHeight) / rowHeight) + beyond;
      setAt((now) => (now.from === from && now.to === to ? now : { from, to, ahead }));
    };
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(element);
    element.addEventListener('scroll', measure, { passive: true });
    return () => {
      watch.disconnect();
      element.removeEventListener('scroll', measure);
    };
  }, [box, count, rowHeight, tall]);
  const from = Math.min(at.from, Math.max(0, count - 1));
  const to = Math.min(at.to, count);
  const before = Math.max(0, from * rowHeight - at.ahead);
  return { from, to, before, after: Math.max(0, tall - before - (to - from) * rowHeight) };
}

/** How far the rows are ahead of the scroll bar: nothing at the top, all that cannot be drawn at the end. */
function aheadOf({ scrollTop, clientHeight }: HTMLElement, whole: number, tall: number): number {
  if (whole === tall) return 0;
  return Math.min(1, scrollTop / (tall - clientHeight)) * (whole - tall);
}

/** Scrolls no further than it takes for the row to be in sight. */
export function bringIntoSight(box: HTMLElement | null, row: number, rowHeight: number): void {
  if (!box || row < 0) return;
  const top = row * rowHeight;
  if (top < box.scrollTop) box.scrollTop = top;
  else if (top + rowHeight > box.scrollTop + box.clientHeight)
    box.scrollTop = top + rowHeight - box.clientHeight;
}
