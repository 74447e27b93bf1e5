'use client';
import { useFormContext, useWatch } from 'react-hook-form';
import { Input, Select } from '#components/ui/input';
import { cn } from '#lib/cn';
import type { SheetFields } from '#lib/model/request-form/fields';
import { memberOf } from '#lib/model/request-form/json';
import { useEditor } from './editor-context.tsx';

const kinds = [
  ['enabled', 'with a budget'],
  ['adaptive', 'as much as it takes'],
  ['disabled', 'off'],
];

/** Whether to think first, and how much of max_tokens that may take. */
export function ThinkingField({ look, hint }: { look: string; hint: string | undefined }) {
  const { register, control } = useFormContext<SheetFields>();
  const { shared } = useEditor();
  const kind = useWatch({ control, name: 'params.thinking.text' });
  const budget = Number(useWatch({ control, name: 'params.thinking.more.budget' }) || Number.NaN);
  const longest = memberOf(shared.params, 'max_tokens');
  const share = typeof longest === 'number' && budget > 0 ? Math.min(1, budget / longest) : null;
  return (
    <div className="grid gap-2 sm:grid-cols-2">
      <Select {...register('params.thinking.text')} className={look}>
        <option value="">{hint ?? 'not sent'}</option>
        {kinds.map(([value, word]) => (
          <option key={value} value={value}>
            {word}
          </option>
        ))}
        {kind !== '' && !kinds.some(([value]) => value === kind) && <option value={kind}>{kind}</option>}
      </Select>
      {kind === 'enabled' && (
        <div className="grid gap-1.5">
          <Input
            {...register('params.thinking.more.budget')}
            id={undefined}
            aria-label="thinking budget_tokens"
            inputMode="numeric"
            placeholder="budget_tokens"
            className={cn('tabular font-mono text-sm', look)}
          />
          {share !== null && (
            <span className="flex items-center gap-2 text-muted text-xs">
              <span aria-hidden className="h-1 flex-1 overflow-hidden rounded-bar bg-track">
                <span
                  className={cn('block h-full', share < 1 ? 'bg-info-bar' : 'bg-warn-bar')}
                  style={{ width: `${share * 100}%` }}
                />
              </span>
              <span className="tabular">{Math.round(share * 100)} % of max_tokens</span>
            </span>
          )}
        </div>
      )}
    </div>
  );
}
