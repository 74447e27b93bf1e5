import type { ReactNode } from 'react';
import { cn } from '#lib/cn';
import type { series } from './moments.ts';

type Series = (typeof series)[number];

export const words: Record<Series, string> = {
  succeeded: 'succeeded',
  failed: 'failed',
  other: 'expired, cancelled or missing',
};
const swatches: Record<Series, string> = {
  succeeded: 'bg-ok-bar',
  failed: 'hatch-bad',
  other: 'bg-idle-bar',
};

/** What the colors mean, with the numbers of the moment that is pointed at. */
export function Legend({ items, aside }: { items: { name: Series; count: string }[]; aside: ReactNode }) {
  return (
    <p className="tabular flex min-h-5 flex-wrap items-center gap-x-4 gap-y-1 text-sm">
      {items.map(({ name, count }) => (
        <span key={name} className="inline-flex items-center gap-1.5">
          <span aria-hidden className={cn('size-2.5 rounded-bar', swatches[name])} />
          {count} {words[name]}
        </span>
      ))}
      <span className="text-muted sm:ml-auto">{aside}</span>
    </p>
  );
}
