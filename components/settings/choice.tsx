'use client';
import { useId } from 'react';
import { cn } from '#lib/cn';

/** A few choices side by side: radios that look like one control. */
export function Choice<T extends string>({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: T;
  options: { value: T; label: string }[];
  onChange: (value: T) => void;
}) {
  const name = useId();
  return (
    <fieldset className="flex flex-wrap gap-1 rounded-panel bg-track p-1">
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <label
          key={option.value}
          className={cn(
            'rounded-control px-3 py-1 text-sm has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-accent',
            option.value === value ? 'bg-surface font-medium' : 'text-muted hover:text-ink',
          )}
        >
          <input
            type="radio"
            name={name}
            className="sr-only"
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  );
}
