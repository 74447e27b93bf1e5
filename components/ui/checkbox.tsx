import { Check } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { cn } from '#lib/cn';

/** The browser's own checkbox with our look, inside its label. */
export function Checkbox({
  className,
  children,
  ...rest
}: Omit<ComponentProps<'input'>, 'type'> & { children: ReactNode }) {
  return (
    <label className={className}>
      <input type="checkbox" {...rest} className="peer sr-only" />
      <span
        aria-hidden
        className={cn(
          'grid size-4 shrink-0 place-items-center rounded-sm border border-line-control bg-surface text-transparent',
          'peer-checked:border-accent peer-checked:bg-accent peer-checked:text-on-accent',
          'peer-focus-visible:outline-2 peer-focus-visible:outline-accent peer-focus-visible:outline-offset-2',
        )}
      >
        <Check strokeWidth={3.5} className="size-3" />
      </span>
      {children}
    </label>
  );
}
