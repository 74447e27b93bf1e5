'use client';
import { CircleAlert, SlidersHorizontal, TriangleAlert } from 'lucide-react';
import { cn } from '#lib/cn';
import type { FormFinding } from '#lib/model/request-form/check';
import type { BatchForm } from '#lib/model/request-form/form';

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
  const errors = findings.filter(({ severity }) => severity === 'error').length;
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
      {errors > 0 ? (
        <>
          <CircleAlert aria-hidden className="size-3.5 shrink-0 text-bad" />
          <span className="sr-only">{errors} to fix</span>
        </>
      ) : (
        findings.length > 0 && (
          <>
            <TriangleAlert aria-hidden className="size-3.5 shrink-0 text-warn" />
            <span className="sr-only">{findings.length} to note</span>
          </>
        )
      )}
    </button>
  );
}
