import { Check } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { cn } from '#lib/cn';

export function Checkbox({
  label,
  help,
  className,
  ...rest
}: Omit<ComponentProps<'input'>, 'type'> & { label: ReactNode; help?: ReactNode }) {
  return (
    <label className={cn('flex items-start gap-2.5', className)}>
      <span className="relative mt-px grid size-[18px] shrink-0 place-items-center">
        <input
          {...rest}
          type="checkbox"
          className="peer size-full appearance-none rounded-sm border border-line-control bg-surface checked:border-accent checked:bg-accent disabled:bg-hover"
        />
        <Check
          aria-hidden
          strokeWidth={3}
          className="pointer-events-none absolute size-3 text-on-accent opacity-0 peer-checked:opacity-100"
        />
      </span>
      <span className="grid">
        <span className="text-sm">{label}</span>
        {help && <span className="text-muted text-xs">{help}</span>}
      </span>
    </label>
  );
}
