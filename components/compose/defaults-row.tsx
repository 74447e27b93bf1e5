'use client';
import { SlidersHorizontal } from 'lucide-react';
import { cn } from '#lib/cn';
import type { FormFinding } from '#lib/model/request-form/check';
import type { BatchForm } from '#lib/model/request-form/form';
import { FindingMark } from './finding-mark.tsx';

/** What all requests share, in one line above them. */
export function DefaultsRow({
  form,
  chosen,
  findings,
  onChoose,
}: {
  form: BatchForm;
  chosen: boolean;
  findings: FormFinding[];
  onChoose: () => void;
}) {
  const names = Object.keys(form.defaults.own);
  return (
    <button
      type="button"
      aria-pressed={chosen}
      onClick={onChoose}
      className={cn(
        'flex h-11 w-full items-center gap-2 border-b px-3 text-left text-sm -outline-offset-2 transition-colors',
        chosen ? 'bg-accent/10 shadow-[inset_2px_0_0_var(--accent)]' : 'hover:bg-hover',
      )}
    >
      <SlidersHorizontal aria-hidden className="size-4 shrink-0 text-muted" />
      <span className="font-medium">Defaults</span>
      <span className="min-w-0 flex-1 truncate font-mono text-muted text-xs">{names.join(', ')}</span>
      <FindingMark findings={findings} />
    </button>
  );
}
