'use client';
import { type RefObject, useEffect, useRef } from 'react';
import { useDensity } from '#components/shell/theme';
import { Skeleton } from '#components/ui/skeleton';
import { Td, Tr } from '#components/ui/table';
import { useRowsInSight } from '#components/ui/use-rows-in-sight';
import type { PagedRows } from './use-paged-rows.ts';
import { useRowWalk } from './use-row-walk.ts';

/** As `--row` says in the styles. */
const rowHeights = { comfortable: 44, compact: 32 };

/** The box such a table is scrolled in. The browser would hold on to a row of which it knows no more after a jump. */
export const rowWindowClass =
  '@container max-h-[max(26rem,calc(100dvh-14rem))] overflow-auto [overflow-anchor:none] rounded-panel border bg-surface';

type RowWindow = {
  scroller: RefObject<HTMLDivElement | null>;
  /** The rows that should exist. */
  places: number[];
  before: number;
  after: number;
};

/** Of a long list the rows in sight; keys walk it, and another list (`asked` is what it is narrowed to) begins at its top. */
export function useRowWindow<Row, Page>(
  { total, onSight }: Pick<PagedRows<Row, Page>, 'total' | 'onSight'>,
  asked: string,
): RowWindow {
  const scroller = useRef<HTMLDivElement>(null);
  const { from, to, before, after } = useRowsInSight(scroller, total, rowHeights[useDensity()[0]]);
  useEffect(() => onSight(from, to), [from, to, onSight]);
  useRowWalk(scroller, total);
  const shown = useRef(asked);
  useEffect(() => {
    if (shown.current !== asked) scroller.current?.scrollTo(0, 0);
    shown.current = asked;
  }, [asked]);
  const places = Array.from({ length: Math.max(0, to - from) }, (_, n) => from + n);
  return { scroller, places, before, after };
}

/** Where a row will stand when its page has come. */
export function ComingRow({ index, columns }: { index: number; columns: number }) {
  return (
    <Tr aria-rowindex={index + 2} className="[&>td]:border-b">
      <Td colSpan={columns}>
        <Skeleton className="h-3 w-48" />
      </Td>
    </Tr>
  );
}

/** Holds the room of the rows that do not exist. */
export function Gap({ height }: { height: number }) {
  return (
    <tr aria-hidden className="print:hidden">
      <td style={{ height }} />
    </tr>
  );
}
