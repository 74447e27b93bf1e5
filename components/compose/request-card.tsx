'use client';
import { ChevronRight, Copy, Trash2 } from 'lucide-react';
import { useId } from 'react';
import { useFormContext, useWatch } from 'react-hook-form';
import { IconButton } from '#components/ui/icon-button';
import { cn } from '#lib/cn';
import type { RequestsForm } from '#lib/model/request-form.schema';
import { RequestEditor } from './request-editor.tsx';

/** One request: a line that says which, and under it everything that can be said about it. */
export function RequestCard({
  index,
  models,
  folded,
  onFold,
  onDuplicate,
  onRemove,
}: {
  index: number;
  models: string[];
  folded: boolean;
  onFold: () => void;
  onDuplicate: () => void;
  onRemove: (() => void) | null;
}) {
  const id = useId();
  const { control, formState } = useFormContext<RequestsForm>();
  const request = useWatch({ control, name: `requests.${index}` });
  const faulty = Object.keys(formState.errors.requests?.[index] ?? {}).length > 0;
  const title = `Request ${index + 1}`;
  return (
    <fieldset aria-labelledby={`${id}-title`} className="min-w-0 rounded-panel border border-line bg-surface">
      <div className={cn('flex items-center gap-1 py-1.5 pr-2 pl-1.5', !folded && 'border-b')}>
        <button
          type="button"
          aria-expanded={!folded}
          aria-controls={`${id}-body`}
          onClick={onFold}
          className="flex h-8 min-w-0 flex-1 items-center gap-2 rounded-control px-1.5 text-left text-sm transition-colors hover:bg-hover"
        >
          <ChevronRight
            aria-hidden
            className={cn('size-4 shrink-0 text-muted transition-transform', !folded && 'rotate-90')}
          />
          <span id={`${id}-title`} className="shrink-0 font-medium">
            {title}
          </span>
          {folded && (
            <span className="truncate text-muted">
              <span className="font-mono text-xs">{request.customId}</span>
              {request.message && ` · ${request.message.slice(0, 120)}`}
            </span>
          )}
          {folded && faulty && <span className="ml-auto shrink-0 text-bad">needs a look</span>}
        </button>
        <IconButton label={`Duplicate request ${index + 1}`} size="sm" onClick={onDuplicate}>
          <Copy aria-hidden />
        </IconButton>
        {onRemove && (
          <IconButton label={`Delete request ${index + 1}`} size="sm" onClick={onRemove}>
            <Trash2 aria-hidden />
          </IconButton>
        )}
      </div>
      <div id={`${id}-body`} hidden={folded}>
        {!folded && <RequestEditor index={index} models={models} />}
      </div>
    </fieldset>
  );
}
