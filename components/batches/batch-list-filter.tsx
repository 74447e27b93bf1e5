'use client';
import { useQuery } from '@tanstack/react-query';
import { ListFilter as FilterIcon, X } from 'lucide-react';
import { useState } from 'react';
import { Band } from '#components/ui/band';
import { Checkbox } from '#components/ui/checkbox';
import { Input } from '#components/ui/input';
import { Num } from '#components/ui/num';
import { Popover } from '#components/ui/popover';
import { Skeleton } from '#components/ui/skeleton';
import { phases } from '#lib/model/phase';
import { addressOf, type Facet, facets, type ListFilter, toggled } from './list-filter.ts';
import { phaseWord } from './phase-words.ts';
import { type Choice, listChoicesQuery } from './queries.ts';

const titles: Record<Facet, string> = {
  phase: 'State',
  connection: 'Connection',
  tag: 'Tag',
  owner: 'Owner',
};

/** Narrows by what some batch has. What is chosen stands in the address and, as chips, above the list. */
export function BatchListFilter({ filter }: { filter: ListFilter }) {
  const chosen = facets.reduce((sum, facet) => sum + filter[facet].length, 0);
  return (
    <Popover
      title="Filter batches"
      icon={<FilterIcon aria-hidden />}
      label={
        <>
          Filter
          {chosen > 0 && <span className="tabular text-muted">{chosen}</span>}
        </>
      }
    >
      {() => <FilterPanel filter={filter} />}
    </Popover>
  );
}

function FilterPanel({ filter }: { filter: ListFilter }) {
  const [text, setText] = useState('');
  const { data, error } = useQuery(listChoicesQuery);
  const wanted = text.trim().toLowerCase();
  const choices: Record<Facet, Choice[]> = {
    phase: phases.map((phase) => ({ value: phase, label: phaseWord(phase) })),
    connection: data?.connections ?? [],
    tag: data?.tags ?? [],
    owner: data?.owners ?? [],
  };
  return (
    <div className="grid gap-1">
      <div className="sticky -top-1 z-10 bg-raised p-1">
        <Input
          type="search"
          aria-label="Find a choice"
          placeholder="Find a choice"
          value={text}
          onChange={(event) => setText(event.target.value)}
          className="h-8! text-sm!"
        />
      </div>
      {error && <Band tone="bad">{error.message}</Band>}
      {facets.map((facet) => (
        <FacetChoices
          key={facet}
          facet={facet}
          filter={filter}
          choices={choices[facet].filter(({ label }) => label.toLowerCase().includes(wanted))}
        />
      ))}
      {!data && !error && <Skeleton className="m-2 h-16" />}
    </div>
  );
}

function FacetChoices({ facet, filter, choices }: { facet: Facet; filter: ListFilter; choices: Choice[] }) {
  if (choices.length === 0) return null;
  const chosen: string[] = filter[facet];
  return (
    <fieldset className="grid">
      <legend className="px-2 pt-1.5 pb-1 text-muted text-xs">{titles[facet]}</legend>
      {choices.map(({ value, label, count }) => (
        <Checkbox
          key={value}
          checked={chosen.includes(value)}
          onChange={() => go(toggled(filter, facet, value))}
          className="flex items-center gap-2.5 rounded-control px-2 py-1.5 text-sm hover:bg-hover"
        >
          <span className="min-w-0 flex-1 truncate">{label}</span>
          {count !== undefined && <Num value={count} className="text-muted text-xs" />}
        </Checkbox>
      ))}
    </fieldset>
  );
}

/** What the list is narrowed to, each a button that takes it away. */
export function BatchListChips({ filter }: { filter: ListFilter }) {
  const some = facets.some((facet) => filter[facet].length > 0);
  const { data } = useQuery({ ...listChoicesQuery, enabled: some });
  if (!some) return null;
  const named = { phase: [], connection: data?.connections ?? [], tag: [], owner: data?.owners ?? [] };
  const labelOf = (facet: Facet, value: string) =>
    facet === 'phase'
      ? phaseWord(phases.find((phase) => phase === value) ?? 'queued')
      : ((named[facet] as Choice[]).find((choice) => choice.value === value)?.label ?? value);
  return (
    <ul aria-label="Narrowed to" className="flex flex-wrap gap-1.5 pb-3">
      {facets.flatMap((facet) =>
        filter[facet].map((value) => (
          <li key={`${facet}:${value}`}>
            <button
              type="button"
              onClick={() => go(toggled(filter, facet, value))}
              className="flex h-7 items-center gap-1.5 rounded-full border border-accent/50 bg-accent/10 px-2.5 text-sm"
            >
              <span className="text-muted">
                <span className="sr-only">Remove </span>
                {titles[facet]}{' '}
              </span>
              <span className="max-w-48 truncate">{labelOf(facet, value)}</span>
              <X aria-hidden className="size-3.5 text-muted" />
            </button>
          </li>
        )),
      )}
    </ul>
  );
}

function go(filter: ListFilter): void {
  window.history.replaceState(null, '', addressOf(filter));
}
