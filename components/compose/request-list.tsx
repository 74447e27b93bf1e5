'use client';
import { type DragEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { bringIntoSight, useRowsInSight } from '#components/ui/use-rows-in-sight';
import { cn } from '#lib/cn';
import type { FormFinding } from '#lib/model/request-form/check';
import type { BatchForm } from '#lib/model/request-form/form';
import type { Open } from '#lib/model/request-form/standing';
import { RequestRow, rowHeight } from './request-row.tsx';

export type ListActions = {
  show: (open: Open) => void;
  move: (by: 1 | -1) => void;
  moveTo: (place: number) => void;
  remove: () => void;
  duplicate: () => void;
  /** To the editor of what is chosen. */
  enter: () => void;
};

/** All requests, of which only the rows in sight exist. One choice for the keys: arrows walk, with Shift they gather. */
export function RequestList({
  form,
  open,
  fresh,
  findings,
  actions,
}: {
  form: BatchForm;
  open: Open;
  fresh: string | null;
  findings: Map<string, FormFinding[]>;
  actions: ListActions;
}) {
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const { requests } = form;
  const chosen = open === 'defaults' ? [] : open;
  const last = requests.findIndex((request) => request.id === chosen.at(-1));
  const [anchor, setAnchor] = useState<string | null>(null);
  const [dropAt, setDropAt] = useState<number | null>(null);
  const { from, to } = useRowsInSight(scroller, requests.length, rowHeight);
  useEffect(() => bringIntoSight(scroller.current, last, rowHeight), [last]);

  function choose(at: number, { extend = false, toggle = false } = {}) {
    const request = requests[at];
    if (!request) return;
    if (toggle) {
      const rest = chosen.filter((one) => one !== request.id);
      actions.show(rest.length < chosen.length && rest.length > 0 ? rest : [...rest, request.id]);
    } else if (extend) {
      const start = requests.findIndex((one) => one.id === (anchor ?? chosen[0]));
      const ids = requests.slice(Math.min(start, at), Math.max(start, at) + 1).map((one) => one.id);
      // The row the keys are on stands last.
      actions.show(start <= at ? ids : ids.reverse());
      return;
    } else actions.show([request.id]);
    setAnchor(request.id);
  }

  function onKeyDown(event: KeyboardEvent) {
    const command = event.metaKey || event.ctrlKey;
    const steps: Record<string, number> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: 10,
      PageUp: -10,
      Home: -requests.length,
      End: requests.length,
    };
    const step = steps[event.key];
    if (event.altKey && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      actions.move(event.key === 'ArrowDown' ? 1 : -1);
    } else if (step !== undefined && !event.altKey) {
      const to = Math.max(0, Math.min(requests.length - 1, last + step));
      choose(last === -1 ? 0 : to, { extend: event.shiftKey });
    } else if (command && event.key === 'a') actions.show(requests.map((request) => request.id));
    else if (command && event.key === 'd') actions.duplicate();
    else if (event.key === 'Delete' || event.key === 'Backspace') actions.remove();
    else if (event.key === 'Enter') actions.enter();
    else if (event.key === 'Escape' && chosen.length > 1) choose(last);
    else return;
    event.preventDefault();
  }

  function onDragOver(event: DragEvent) {
    if (!event.dataTransfer.types.includes(dragType) || !scroller.current) return;
    event.preventDefault();
    const y = event.clientY - scroller.current.getBoundingClientRect().top + scroller.current.scrollTop;
    setDropAt(Math.max(0, Math.min(requests.length, Math.round(y / rowHeight))));
  }

  return (
    <div
      ref={scroller}
      role="listbox"
      tabIndex={0}
      aria-label="Requests"
      aria-multiselectable
      aria-activedescendant={last >= 0 ? `${id}-${last}` : undefined}
      onKeyDown={onKeyDown}
      onDragOver={onDragOver}
      onDragLeave={() => setDropAt(null)}
      onDrop={(event) => {
        event.preventDefault();
        if (dropAt !== null) actions.moveTo(dropAt);
        setDropAt(null);
      }}
      className="relative max-h-[min(26rem,60dvh)] overflow-y-auto -outline-offset-2 xl:max-h-[max(16rem,calc(100dvh-22rem))]"
    >
      <div role="presentation" className="relative" style={{ height: requests.length * rowHeight }}>
        {requests.slice(from, to).map((request, n) => {
          const index = from + n;
          return (
            <RequestRow
              key={request.id}
              id={`${id}-${index}`}
              form={form}
              request={request}
              place={index}
              count={requests.length}
              top={index * rowHeight}
              chosen={chosen.includes(request.id)}
              leads={index === last}
              findings={request.id === fresh ? [] : (findings.get(request.id) ?? [])}
              onChoose={(how) => {
                choose(index, how);
                scroller.current?.focus({ preventScroll: true });
              }}
              onDragStart={(event) => {
                event.dataTransfer.setData(dragType, request.id);
                event.dataTransfer.effectAllowed = 'move';
                if (!chosen.includes(request.id)) choose(index);
              }}
            />
          );
        })}
        {dropAt !== null && (
          <div
            role="presentation"
            className={cn('pointer-events-none absolute inset-x-0 h-0.5 bg-accent')}
            style={{ top: Math.max(0, dropAt * rowHeight - 1) }}
          />
        )}
      </div>
    </div>
  );
}

const dragType = 'application/x-batchdeck-request';
