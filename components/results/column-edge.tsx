'use client';
import type { KeyboardEvent, PointerEvent } from 'react';
import { leastWidth, mostWidth, within } from './column-layout.ts';

const step = 16;

/** The edge between a column and the next one: drawn by hand or moved by the arrow keys; Enter or a double click gives the usual width back. */
export function ColumnEdge({
  title,
  width,
  onWidth,
}: {
  title: string;
  width: number;
  onWidth: (width: number | null) => void;
}) {
  return (
    <hr
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={`Width of ${title}`}
      aria-valuenow={width}
      aria-valuemin={leastWidth}
      aria-valuemax={mostWidth}
      aria-valuetext={`${width} pixels`}
      onKeyDown={(event) => onKey(event, onWidth)}
      onPointerDown={(event) => drag(event, onWidth)}
      onDoubleClick={() => onWidth(null)}
      className="absolute inset-y-1 right-0 z-[1] h-auto w-2.5 cursor-col-resize touch-none border-0 border-r-2 border-transparent outline-offset-0 hover:border-line-strong active:border-accent print:hidden"
    />
  );
}

function onKey(event: KeyboardEvent<HTMLElement>, onWidth: (width: number | null) => void): void {
  const head = headOf(event.currentTarget);
  const now = head?.offsetWidth ?? leastWidth;
  const wanted = {
    ArrowLeft: within(now - step),
    ArrowRight: within(now + step),
    Home: leastWidth,
    End: mostWidth,
    Enter: null,
  }[event.key];
  if (wanted === undefined || event.metaKey || event.ctrlKey || event.altKey) return;
  event.preventDefault();
  if (head) head.style.width = wanted === null ? '' : `${wanted}px`;
  onWidth(wanted);
}

/** While it is drawn only the head's own width changes; the column keeps it when the hand lets go. */
function drag(event: PointerEvent<HTMLElement>, onWidth: (width: number) => void): void {
  const edge = event.currentTarget;
  const head = headOf(edge);
  if (!head || event.button !== 0) return;
  event.preventDefault();
  edge.setPointerCapture(event.pointerId);
  const from = { x: event.clientX, width: head.offsetWidth };
  let wanted: number | null = null;
  const move = ({ clientX }: globalThis.PointerEvent) => {
    wanted = within(from.width + clientX - from.x);
    head.style.width = `${wanted}px`;
  };
  const end = () => {
    edge.removeEventListener('pointermove', move);
    if (wanted !== null) onWidth(wanted);
  };
  edge.addEventListener('pointermove', move);
  edge.addEventListener('lostpointercapture', end, { once: true });
}

function headOf(edge: HTMLElement): HTMLElement | null {
  return edge.closest('th');
}
