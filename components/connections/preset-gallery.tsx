'use client';
import { Search } from 'lucide-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import { Input } from '#components/ui/input';
import { type Start, startFacts, startGroups } from './preset-groups.ts';

/** Where to start from: each card says what it needs, what it allows, and what we do not know. */
export function PresetGallery({
  chosen,
  onChoose,
}: {
  chosen: string | null;
  onChoose: (start: Start) => void;
}) {
  const [search, setSearch] = useState('');
  const cards = useRef<HTMLDivElement>(null);
  const groups = startGroups(search);
  const first = groups[0]?.starts[0];

  function walk(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    const all = [...(cards.current?.querySelectorAll('button') ?? [])];
    const next = all[all.indexOf(document.activeElement as HTMLButtonElement) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  }

  return (
    <div className="grid gap-5">
      <span className="relative grid">
        <Search aria-hidden className="pointer-events-none absolute top-2.5 left-2.5 size-4 text-muted" />
        <Input
          type="search"
          aria-label="Find a provider"
          placeholder="Find a provider"
          data-autofocus={chosen === null || undefined}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' && event.key !== 'ArrowDown') return;
            // The same key must not land in the form that opens.
            event.preventDefault();
            if (event.key === 'ArrowDown') cards.current?.querySelector('button')?.focus();
            else if (search.trim() !== '' && first) onChoose(first);
          }}
          className="pl-8.5"
        />
      </span>
      <div ref={cards} className="grid gap-6">
        {groups.map(({ title, about, starts }) => (
          <section key={title} aria-label={title} className="grid gap-2.5">
            <div className="flex flex-wrap items-baseline gap-x-2.5">
              <h3 className="font-semibold text-sm">{title}</h3>
              <p className="text-muted text-xs">{about}</p>
            </div>
            <div className="grid gap-2 md:grid-cols-2">
              {starts.map((start) => (
                <Card
                  key={start.id}
                  start={start}
                  focused={start.id === chosen}
                  onChoose={onChoose}
                  onWalk={walk}
                />
              ))}
            </div>
          </section>
        ))}
        {groups.length === 0 && (
          <p role="status" className="text-pretty py-6 text-center text-muted text-sm">
            No preset is called that. OpenAI-compatible and Inline-compatible take any server.
          </p>
        )}
      </div>
    </div>
  );
}

function Card({
  start,
  focused,
  onChoose,
  onWalk,
}: {
  start: Start;
  focused: boolean;
  onChoose: (start: Start) => void;
  onWalk: (event: KeyboardEvent) => void;
}) {
  return (
    <div className="relative grid content-start gap-1 rounded-control border border-line-strong bg-surface p-3 transition-colors has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-accent has-[:focus-visible]:outline-offset-2 hover:border-line-control hover:bg-hover">
      <button
        type="button"
        aria-describedby={`start-${start.id}`}
        data-autofocus={focused || undefined}
        onClick={() => onChoose(start)}
        onKeyDown={onWalk}
        className="justify-self-start text-left font-medium text-sm outline-none after:absolute after:inset-0"
      >
        {start.title}
      </button>
      <div id={`start-${start.id}`} className="grid gap-1.5 text-muted text-xs">
        <p className="text-pretty">{start.about}</p>
        <p className="tabular flex flex-wrap gap-x-2 gap-y-0.5 text-ink">
          {startFacts(start.preset).map((fact, n, all) => (
            <span key={fact} className="whitespace-nowrap">
              {fact}
              {n < all.length - 1 && <span className="pl-2 text-muted">·</span>}
            </span>
          ))}
        </p>
      </div>
    </div>
  );
}
