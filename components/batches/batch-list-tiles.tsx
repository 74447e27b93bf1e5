'use client';
import Link from 'next/link';
import { Num } from '#components/ui/num';
import { cn } from '#lib/cn';
import { addressOf, type ListFilter, type ViewCounts, views, viewWords } from './list-filter.ts';

/** Filters that say how many they hold. */
export function BatchListTiles({ filter, counts }: { filter: ListFilter; counts: ViewCounts }) {
  return (
    <nav
      aria-label="Views"
      className="-mx-1 flex min-w-0 overflow-x-auto px-1 py-1 [scrollbar-width:none] sm:gap-1"
    >
      {views.map((view) => {
        const here = view === filter.view;
        return (
          <Link
            key={view}
            href={addressOf({ ...filter, view })}
            prefetch={false}
            aria-current={here ? 'true' : undefined}
            className={cn(
              'flex h-8 items-center gap-1.5 whitespace-nowrap rounded-full border px-2.5 text-sm transition-colors',
              view === 'all' && 'max-sm:order-first',
              here
                ? 'border-line-strong bg-surface font-medium'
                : 'border-transparent text-muted hover:text-ink',
            )}
          >
            {viewWords[view]}
            <Num
              value={counts[view]}
              className={cn('text-xs', view === 'needs-you' && counts[view] > 0 ? 'text-warn' : 'text-muted')}
            />
          </Link>
        );
      })}
    </nav>
  );
}
