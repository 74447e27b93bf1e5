'use client';
import { Search, X } from 'lucide-react';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { cn } from '#lib/cn';
import { IconButton } from './icon-button.tsx';
import { Input } from './input.tsx';
import { Kbd } from './kbd.tsx';

const pauseMs = 200;

/** Tells what is searched for when the typing pauses, and shows what the caller says, after Back for one. */
export function SearchField({
  label,
  placeholder,
  value,
  onSearch,
  className,
}: {
  label: string;
  placeholder: string;
  value: string;
  onSearch: (text: string) => void;
  className?: string;
}) {
  const [text, setText] = useState(value);
  const told = useRef(value);
  useEffect(() => {
    if (value === told.current) return;
    told.current = value;
    setText(value);
  }, [value]);
  const tell = useEffectEvent((wanted: string) => {
    told.current = wanted;
    onSearch(wanted);
  });
  useEffect(() => {
    const wanted = text.trim();
    if (wanted === told.current) return;
    const timer = setTimeout(() => tell(wanted), pauseMs);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <div className={cn('relative w-full', className)}>
      <Search aria-hidden className="pointer-events-none absolute top-2 left-2.5 size-4 text-muted" />
      <Input
        type="search"
        aria-label={label}
        placeholder={placeholder}
        value={text}
        onChange={(event) => setText(event.target.value)}
        className="peer h-8! pr-8! pl-8! text-sm! [&::-webkit-search-cancel-button]:hidden"
      />
      {text === '' ? (
        <Kbd className="pointer-events-none absolute top-[7px] right-2 text-muted peer-focus:hidden max-md:hidden">
          /
        </Kbd>
      ) : (
        <span className="absolute top-0.5 right-0.5">
          <IconButton label="Clear the search" size="sm" onClick={() => setText('')}>
            <X aria-hidden />
          </IconButton>
        </span>
      )}
    </div>
  );
}
