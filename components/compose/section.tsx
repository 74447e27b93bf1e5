'use client';
import { ChevronRight } from 'lucide-react';
import { type ReactNode, useEffect, useEffectEvent, useId } from 'react';
import { cn } from '#lib/cn';
import { keyOf } from '#lib/model/request-form/fields';
import type { Json } from '#lib/model/request-form/json';
import { valueIn } from '#lib/model/request-form/lens';
import type { Param } from '#lib/model/request-form/params';
import { useEditor } from './editor-context.tsx';

/** A group of parameters, folded away until somebody wants it; folded, it says what is set in it. */
export function Section({
  title,
  params,
  extra = [],
  children,
}: {
  title: string;
  params: Param[];
  /** Names of parameters without a control that belong here too. */
  extra?: string[];
  children: ReactNode;
}) {
  const id = useId();
  const { shared, findings, focus, unfolded, onFold } = useEditor();
  const names = [...params.map(({ name }) => name), ...extra];
  const isFaulty = findings.some(({ param, severity }) => severity === 'error' && names.includes(param));
  const isWanted =
    focus !== null && (names.includes(focus) || params.some((param) => keyOf(param) === focus));
  const open = unfolded.get(title) ?? (isFaulty || isWanted);
  const unfold = useEffectEvent(() => {
    if (isWanted && !open) onFold(title, true);
  });
  useEffect(() => unfold(), []);
  const set = params.flatMap((param) => {
    const value = valueIn(param, shared.params);
    if (shared.mixed.has(param.name)) return [`${param.label} differs`];
    return value === undefined ? [] : [`${param.label} ${short(value)}`];
  });
  return (
    <section aria-labelledby={`${id}-title`} className="border-b">
      <h3>
        <button
          type="button"
          id={`${id}-title`}
          aria-label={title}
          aria-expanded={open}
          aria-controls={`${id}-body`}
          onClick={() => onFold(title, !open)}
          className="flex min-h-10 w-full items-center gap-2 py-2 text-left text-sm -outline-offset-2"
        >
          <ChevronRight
            aria-hidden
            className={cn('size-4 shrink-0 text-muted transition-transform', open && 'rotate-90')}
          />
          <span className="shrink-0 font-medium">{title}</span>
          {!open && (
            <span className="min-w-0 truncate font-mono text-muted text-xs">
              {[...set, ...extra.filter((name) => name !== 'extra')].join(' · ')}
            </span>
          )}
        </button>
      </h3>
      <div id={`${id}-body`} hidden={!open} className="pt-1 pb-5 pl-6 max-sm:pl-0">
        {open && children}
      </div>
    </section>
  );
}

function short(value: Json): string {
  if (Array.isArray(value)) return `(${value.length})`;
  if (value === null || typeof value !== 'object') return String(value).slice(0, 24);
  const { type } = value;
  return typeof type === 'string' ? type : `(${Object.keys(value).length})`;
}
