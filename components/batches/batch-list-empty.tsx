'use client';
import { Layers, SearchX } from 'lucide-react';
import type { ReactNode } from 'react';
import { LinkButton } from '#components/shell/link-button';
import { EmptyState } from '#components/ui/empty-state';
import { paths } from '#lib/paths';
import { addressOf, everything, facets, type ListFilter, type View } from './list-filter.ts';

const quiet: Record<View, { title: string; words: string }> = {
  'needs-you': { title: 'Nothing needs you', words: 'Everything that runs, runs by itself.' },
  running: { title: 'Nothing is running', words: 'What you send next will be followed here.' },
  today: { title: 'Nothing finished today', words: 'Batches that end today will be listed here.' },
  all: { title: 'Nothing here', words: '' },
};

export function BatchListEmpty({
  filter,
  none,
  sample,
}: {
  filter: ListFilter;
  /** There is no batch at all. */
  none: boolean;
  sample: ReactNode;
}) {
  if (none) {
    return (
      <EmptyState
        icon={<Layers aria-hidden />}
        title="No batches yet"
        action={
          <>
            <LinkButton href={paths.newBatch} look="accent">
              Make the first batch
            </LinkButton>
            {sample}
          </>
        }
      >
        Build a few requests in a form or drop a JSONL file. The built-in Sandbox answers without a key, so
        nothing is spent while you look around.
      </EmptyState>
    );
  }
  if (filter.q) {
    return (
      <EmptyState
        icon={<SearchX aria-hidden />}
        title={`Nothing matches “${filter.q}”`}
        action={<LinkButton href={addressOf({ ...filter, q: '' })}>Clear the search</LinkButton>}
      >
        Names, ids, tags, models, notes and metadata were searched.
      </EmptyState>
    );
  }
  if (facets.some((facet) => filter[facet].length > 0)) {
    return (
      <EmptyState
        icon={<SearchX aria-hidden />}
        title="No batch is like that"
        action={
          <LinkButton href={addressOf({ ...everything, view: filter.view, sort: filter.sort })}>
            Clear the filter
          </LinkButton>
        }
      >
        Take a choice away to see more.
      </EmptyState>
    );
  }
  const { title, words } = quiet[filter.view];
  return (
    <EmptyState
      icon={<Layers aria-hidden />}
      title={title}
      action={<LinkButton href={paths.batches}>Show all</LinkButton>}
    >
      {words}
    </EmptyState>
  );
}
