'use client';
import { GripVertical } from 'lucide-react';
import type { DragEvent } from 'react';
import { cn } from '#lib/cn';
import type { FormFinding } from '#lib/model/request-form/check';
import type { BatchForm, FormRequest } from '#lib/model/request-form/form';
import { paramsNamed, shapes } from '#lib/model/request-form/shapes';
import { wordsOf } from '#lib/model/request-form/words';
import { FindingMark } from './finding-mark.tsx';

export const rowHeight = 36;

/** One request in a line: which, what it asks, how much of it is its own, what is wrong with it. */
export function RequestRow({
  id,
  form,
  request,
  place,
  count,
  top,
  chosen,
  leads,
  findings,
  onChoose,
  onDragStart,
}: {
  id: string;
  form: BatchForm;
  request: FormRequest;
  place: number;
  count: number;
  top: number;
  chosen: boolean;
  /** The row the keys are on. */
  leads: boolean;
  findings: FormFinding[];
  onChoose: (how: { extend: boolean; toggle: boolean }) => void;
  onDragStart: (event: DragEvent) => void;
}) {
  const own = ownNames(form, request);
  const words = wordsOf(form, request).slice(0, 200);
  return (
    // The focus stays on the list: keys are handled there.
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={chosen}
      aria-setsize={count}
      aria-posinset={place + 1}
      draggable
      onDragStart={onDragStart}
      onClick={(event) => onChoose({ extend: event.shiftKey, toggle: event.metaKey || event.ctrlKey })}
      onKeyDown={() => {}}
      style={{ top, height: rowHeight }}
      className={cn(
        'group absolute inset-x-0 flex cursor-default outline-none select-none items-center gap-2 border-b pr-2 pl-1 text-sm',
        chosen ? 'bg-accent/10' : 'hover:bg-hover',
        leads && 'shadow-[inset_2px_0_0_var(--accent)]',
      )}
    >
      <GripVertical
        aria-hidden
        className="size-3.5 shrink-0 cursor-grab text-faint opacity-0 transition-opacity group-hover:opacity-100"
      />
      <span className="tabular w-6 shrink-0 text-right text-muted text-xs">{place + 1}</span>
      <span
        className={cn('max-w-40 shrink-0 truncate font-mono text-xs', request.customId === '' && 'text-bad')}
      >
        {request.customId || 'no custom_id'}
      </span>
      <span className="min-w-0 flex-1 truncate text-muted">{words}</span>
      {own.length > 0 && (
        <span title={`Its own: ${own.join(', ')}`} className="shrink-0 text-accent text-xs">
          {own.length} own
        </span>
      )}
      <FindingMark findings={findings} />
    </div>
  );
}

/** What this request says for itself where the others follow the defaults. */
function ownNames(form: BatchForm, { own, omit }: FormRequest): string[] {
  const shape = shapes[form.shape];
  const names = Object.keys(own).filter(
    (name) => !paramsNamed(shape, name).some(({ perRequest }) => perRequest),
  );
  return [...names, ...omit.map((name) => `no ${name}`)];
}
