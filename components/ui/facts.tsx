import type { ReactNode } from 'react';
import { cn } from '#lib/cn';

/** Small facts in one strip, each under its name. */
export function Facts({ className, children }: { className?: string; children: ReactNode }) {
  return <dl className={cn('flex flex-wrap gap-x-8 gap-y-3 text-sm', className)}>{children}</dl>;
}

export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid gap-0.5">
      <dt className="text-muted text-xs">{name}</dt>
      <dd className="tabular [overflow-wrap:anywhere]">{children}</dd>
    </div>
  );
}
