'use client';
import { ArrowDown, ArrowUp, Pin } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { Checkbox } from '#components/ui/checkbox';
import { cn } from '#lib/cn';
import { fieldIn } from '#lib/model/answer-field';
import {
  type ColumnChange,
  type ColumnId,
  isField,
  moved,
  pinned,
  type ShownColumn,
  toggled,
} from './column-layout.ts';
import { choiceClass, resultColumns } from './result-columns.tsx';

/** The columns there are, in their order: taken away, pinned, or moved before or behind one another. */
export function ColumnRows({
  shown,
  onChange,
}: {
  shown: ShownColumn[];
  onChange: (change: ColumnChange) => void;
}) {
  const list = useRef<HTMLOListElement>(null);
  const pressed = useRef<{ id: ColumnId; label: string } | null>(null);
  // A row that is put elsewhere loses the focus its button had.
  useEffect(() => {
    const { current } = pressed;
    pressed.current = null;
    if (!current || !shown.some(({ id }) => id === current.id)) return;
    list.current?.querySelector<HTMLElement>(`[aria-label="${CSS.escape(current.label)}"]`)?.focus();
  }, [shown]);
  const move = (id: ColumnId, step: -1 | 1, label: string) => {
    pressed.current = { id, label };
    onChange((now) => moved(now, id, step));
  };
  return (
    <ol ref={list} aria-label="Columns in their order" className="grid grid-cols-1">
      {shown.map(({ id, pinned: isPinned }, n) => {
        const title = titleOf(id);
        const [up, down] = [`Move ${title} up`, `Move ${title} down`];
        return (
          <li key={id} className="flex items-center rounded-control hover:bg-hover">
            <Checkbox
              checked
              disabled={id === 'customId'}
              onChange={() => onChange((now) => toggled(now, id))}
              className={cn(choiceClass, 'min-w-0 flex-1')}
            >
              <span className={cn('truncate [unicode-bidi:isolate]', isField(id) && 'font-mono text-xs')}>
                {title}
              </span>
            </Checkbox>
            <Small
              label={`Keep ${title} in sight`}
              pressed={isPinned}
              onClick={() => onChange((now) => pinned(now, id))}
            >
              <Pin aria-hidden className={cn(isPinned && 'fill-current')} />
            </Small>
            <Small label={up} off={n === 0} onClick={() => move(id, -1, up)}>
              <ArrowUp aria-hidden />
            </Small>
            <Small label={down} off={n === shown.length - 1} onClick={() => move(id, 1, down)}>
              <ArrowDown aria-hidden />
            </Small>
          </li>
        );
      })}
    </ol>
  );
}

function titleOf(id: ColumnId): string {
  if (isField(id)) return fieldIn(id) ?? '';
  return id === 'ordinal' ? 'Number' : (resultColumns.find((one) => one.id === id)?.title ?? id);
}

function Small({
  label,
  pressed,
  off = false,
  onClick,
  children,
}: {
  label: string;
  pressed?: boolean;
  off?: boolean;
  onClick: () => void;
  children: ReactNode;
}) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      aria-pressed={pressed}
      aria-disabled={off || undefined}
      onClick={() => !off && onClick()}
      className={cn(
        'grid size-7 shrink-0 place-items-center rounded-control text-muted hover:text-ink [&_svg]:size-3.5',
        'aria-disabled:text-line-strong aria-pressed:text-accent',
      )}
    >
      {children}
    </button>
  );
}
