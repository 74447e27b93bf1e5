'use client';
import { Search, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useUrlParam } from '#components/shell/use-url-param';
import { IconButton } from '#components/ui/icon-button';
import { Input } from '#components/ui/input';

/** Narrows while one types; the address follows. */
export function FileSearch() {
  const [q, setQ] = useUrlParam('q');
  const [text, setText] = useState(q ?? '');
  useEffect(() => {
    const timer = setTimeout(() => setQ(text.trim() || null), 200);
    return () => clearTimeout(timer);
  }, [text, setQ]);
  return (
    <div className="relative w-full md:w-64">
      <Search aria-hidden className="pointer-events-none absolute top-2 left-2.5 size-4 text-muted" />
      <Input
        type="search"
        aria-label="Search files"
        placeholder="Name, model, id"
        value={text}
        onChange={(event) => setText(event.target.value)}
        className="h-8! pr-8! pl-8! text-sm! [&::-webkit-search-cancel-button]:hidden"
      />
      {text !== '' && (
        <span className="absolute top-0.5 right-0.5">
          <IconButton label="Clear the search" size="sm" onClick={() => setText('')}>
            <X aria-hidden />
          </IconButton>
        </span>
      )}
    </div>
  );
}
