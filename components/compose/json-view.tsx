'use client';
import { useDeferredValue, useRef, useState } from 'react';
import { Button } from '#components/ui/button';
import { inputClass } from '#components/ui/input';
import { cn } from '#lib/cn';
import type { BatchForm } from '#lib/model/request-form/form';
import type { Open } from '#lib/model/request-form/standing';
import { jsonOf } from './json-text.ts';
import { useAskBeforeLeaving } from './use-ask-before-leaving.ts';
import type { BatchFormState } from './use-batch-form.ts';

type Scope = 'open' | 'all';
type Typed = { text: string; problem: string | null };

/**
 * The same thing as JSON, beside the form and as easily changed. What is half typed here is not yet in the form: it
 * waits where it was typed.
 */
export function JsonView({ batch }: { batch: BatchFormState }) {
  const { open, replace } = batch;
  const form = useDeferredValue(batch.form);
  const [scope, setScope] = useState<Scope>('open');
  const [drafts, setDrafts] = useState<Record<string, Typed>>({});
  const latest = useRef('');
  const several = open !== 'defaults' && open.length > 1;
  const shown = scope === 'all' || several ? 'all' : open;
  const written = jsonOf(form, shown);
  const name = nameOf(batch.form, shown);
  const key = keyOf(shown);
  const { text: typed = null, problem = null } = drafts[key] ?? {};
  const put = (next: Typed) => setDrafts((before) => ({ ...before, [key]: next }));
  const drop = () => setDrafts(({ [key]: _, ...others }) => others);

  useAskBeforeLeaving(Object.values(drafts).some((one) => one.problem !== null));

  async function type(text: string) {
    latest.current = text;
    put({ text, problem });
    const { takeJson } = await import('./take-json.ts');
    if (latest.current !== text) return;
    const taken = takeJson(batch.form, shown, text);
    if ('problem' in taken) put({ text, problem: taken.problem });
    // Left meanwhile it shows the form again.
    else setDrafts((before) => (key in before ? { ...before, [key]: { text, problem: null } } : before));
    if ('form' in taken) replace((now) => (now === batch.form ? taken.form : takenOver(now)));

    function takenOver(now: BatchForm): BatchForm {
      const again = takeJson(now, shown, text);
      return 'form' in again ? again.form : now;
    }
  }

  return (
    <section aria-label="JSON" className="grid min-h-0 gap-2">
      <div className="flex items-center justify-between gap-3">
        <h2 className="font-semibold text-lg">JSON</h2>
        <fieldset aria-label="What is shown as JSON" className="flex gap-1">
          {(['open', 'all'] as const).map((one) => (
            <Button
              key={one}
              size="sm"
              look="ghost"
              aria-pressed={(shown === 'all' ? 'all' : 'open') === one}
              onClick={() => setScope(one)}
              className="aria-pressed:bg-hover aria-pressed:text-ink"
            >
              {one === 'all' ? 'All lines' : open === 'defaults' ? 'Defaults' : 'This request'}
            </Button>
          ))}
        </fieldset>
      </div>
      {problem && (
        <div role="status" className="flex items-start justify-between gap-3 text-sm">
          <p className="min-w-0 text-pretty text-warn">{problem} The form keeps what it had.</p>
          <Button size="sm" onClick={drop}>
            Discard
          </Button>
        </div>
      )}
      <textarea
        aria-label={`JSON of ${name}`}
        aria-invalid={problem ? true : undefined}
        value={typed ?? written}
        spellCheck={false}
        autoComplete="off"
        wrap={shown === 'all' ? 'off' : 'soft'}
        onChange={(event) => void type(event.target.value)}
        onBlur={() => problem === null && drop()}
        className={cn(
          inputClass,
          'h-80 resize-y py-2 font-mono text-xs leading-relaxed lg:h-[max(16rem,calc(100dvh-38rem))]',
        )}
      />
    </section>
  );
}

function keyOf(shown: Open | 'all'): string {
  return typeof shown === 'string' ? shown : (shown[0] ?? '');
}

function nameOf(form: BatchForm, shown: Open | 'all'): string {
  if (shown === 'all') return 'all requests';
  if (shown === 'defaults') return 'the defaults';
  return `request ${form.requests.findIndex(({ id }) => id === shown[0]) + 1}`;
}
