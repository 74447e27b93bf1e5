'use client';
import { Search } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Input } from '#components/ui/input';
import { Kbd } from '#components/ui/kbd';
import { addressOf, type ListFilter } from './list-filter.ts';

/** Narrows while one types; the address follows, the page does not load again. */
export function BatchListSearch({ filter }: { filter: ListFilter }) {
  const [text, setText] = useState(filter.q);
  const written = useRef(filter.q);
  useEffect(() => {
    if (filter.q === written.current) return;
    written.current = filter.q;
    setText(filter.q);
  }, [filter.q]);
  useEffect(() => {
    const q = text.trim();
    if (q === written.current) return;
    const timer = setTimeout(() => {
      written.current = q;
      window.history.replaceState(null, '', addressOf({ ...filter, q }));
    }, 200);
    return () => clearTimeout(timer);
  }, [text, filter]);
  return (
    <div className="relative w-full md:w-56">
      <Search aria-hidden className="pointer-events-none absolute top-2 left-2.5 size-4 text-muted" />
      <Input
        type="search"
        aria-label="Search batches"
        placeholder="Name, tag, model, note"
        value={text}
        onChange={(event) => setText(event.target.value)}
        className="peer h-8! pr-8! pl-8! text-sm!"
      />
      <Kbd className="pointer-events-none absolute top-[7px] right-2 text-muted peer-focus:hidden peer-[:not(:placeholder-shown)]:hidden max-md:hidden">
        /
      </Kbd>
    </div>
  );
}
