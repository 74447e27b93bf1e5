'use client';
import { Check, ChevronsUpDown } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { cn } from '#lib/cn';
import { useField } from './field.tsx';
import { inputClass } from './input.tsx';
import { place } from './place.ts';

export type Option = {
  value: string;
  label: string;
  hint?: ReactNode;
  /** Why it cannot be chosen. */
  reason?: string | null;
};

/** Type to narrow, arrows to walk, Enter to choose, Escape to keep what was. `free` takes any text, the options are suggestions. */
export function Combobox({
  value,
  onChange,
  options,
  placeholder,
  name,
  free = false,
  onBlur,
  className,
  inputClassName,
}: {
  value: string | null;
  onChange: (value: string) => void;
  options: Option[];
  placeholder?: string;
  name?: string;
  free?: boolean;
  onBlur?: () => void;
  className?: string;
  inputClassName?: string;
}) {
  const listId = useId();
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState<string | null>(null);
  const [at, setAt] = useState(0);
  const chosen = options.find((option) => option.value === value);
  const wanted = typed?.trim().toLowerCase() ?? '';
  const nowhere = free ? -1 : 0;
  const found = wanted ? options.filter((option) => option.label.toLowerCase().includes(wanted)) : options;
  const active = found[at];

  useEffect(() => {
    if (!list.current || !input.current) return;
    list.current.style.width = `${input.current.offsetWidth}px`;
    if (open) list.current.showPopover();
    else if (list.current.matches(':popover-open')) list.current.hidePopover();
    if (open) place(list.current, input.current, 'bottom', 'start', 4);
  }, [open]);

  useEffect(() => {
    if (open) document.getElementById(`${listId}-${at}`)?.scrollIntoView({ block: 'nearest' });
  }, [open, at, listId]);

  function show() {
    setAt(
      Math.max(
        nowhere,
        found.findIndex((option) => option.value === value),
      ),
    );
    setOpen(true);
  }

  function hide() {
    setOpen(false);
    setTyped(null);
  }

  function choose(option: Option | undefined) {
    if (!option || option.reason) return;
    onChange(option.value);
    hide();
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!open) return show();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setAt(
        at === -1 && step === -1 ? found.length - 1 : (found.length + at + step) % Math.max(1, found.length),
      );
    } else if (event.key === 'Enter' && open) {
      event.preventDefault();
      if (active) choose(active);
      else if (free) hide();
    } else if (event.key === 'Escape' && open) {
      event.preventDefault();
      event.stopPropagation();
      hide();
    }
  }

  return (
    <span className={cn('relative grid', className)}>
      <input
        {...useField()}
        ref={input}
        name={name}
        role="combobox"
        autoComplete="off"
        spellCheck={false}
        aria-expanded={open}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={open && active ? `${listId}-${at}` : undefined}
        value={free ? (value ?? '') : (typed ?? chosen?.label ?? '')}
        placeholder={placeholder}
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(nowhere);
          setOpen(true);
          if (free) onChange(event.target.value);
        }}
        onFocus={(event) => event.target.select()}
        onClick={() => !open && show()}
        onBlur={() => {
          const exact = found.find((option) => option.label.toLowerCase() === wanted);
          if (!free && wanted && exact && !exact.reason) onChange(exact.value);
          hide();
          onBlur?.();
        }}
        onKeyDown={onKeyDown}
        className={cn(inputClass, 'h-9 pr-8', inputClassName)}
      />
      <ChevronsUpDown
        aria-hidden
        className="pointer-events-none absolute top-2.5 right-2.5 size-4 text-muted"
      />
      <div
        ref={list}
        id={listId}
        role="listbox"
        popover="manual"
        aria-label="Choices"
        className="fixed inset-auto m-0 empty:hidden max-h-72 overflow-y-auto rounded-panel bg-raised p-1 text-ink shadow-float"
      >
        {found.map((option, index) => (
          <OptionRow
            key={option.value}
            id={`${listId}-${index}`}
            option={option}
            active={index === at}
            chosen={option.value === value}
            onChoose={() => choose(option)}
            onPoint={() => setAt(index)}
          />
        ))}
        {found.length === 0 && !free && (
          <p className="px-2.5 py-2 text-muted text-sm">Nothing is called that.</p>
        )}
      </div>
    </span>
  );
}

function OptionRow({
  id,
  option,
  active,
  chosen,
  onChoose,
  onPoint,
}: {
  id: string;
  option: Option;
  active: boolean;
  chosen: boolean;
  onChoose: () => void;
  onPoint: () => void;
}) {
  return (
    // The focus stays in the input: keys are handled there.
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={chosen}
      aria-disabled={option.reason ? true : undefined}
      onPointerDown={(event) => event.preventDefault()}
      onPointerMove={onPoint}
      onClick={onChoose}
      onKeyDown={() => {}}
      className={cn(
        'flex cursor-default items-center justify-between gap-3 rounded-control px-2.5 py-1.5 text-sm',
        active && 'bg-hover',
        option.reason && 'text-muted',
      )}
    >
      <span className="grid min-w-0">
        <span className="truncate">{option.label}</span>
        {(option.reason || option.hint) && (
          <span className="text-muted text-xs">{option.reason || option.hint}</span>
        )}
      </span>
      {chosen && <Check aria-hidden className="size-4 shrink-0 text-accent" />}
    </div>
  );
}
