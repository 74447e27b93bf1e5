'use client';
import { ChevronDown } from 'lucide-react';
import type { ComponentProps } from 'react';
import { cn } from '#lib/cn';
import { useField } from './field.tsx';

/** The look shared by everything one types into. */
export const inputClass =
  'w-full min-w-0 rounded-control border border-line-control/60 bg-surface px-2.5 text-ink text-base outline-offset-0 transition-colors hover:border-line-control read-only:bg-hover disabled:bg-hover disabled:text-muted aria-invalid:border-bad';

export function Input({ className, ...rest }: ComponentProps<'input'>) {
  return <input {...useField()} {...rest} className={cn(inputClass, 'h-9', className)} />;
}

export function Textarea({ className, rows = 3, ...rest }: ComponentProps<'textarea'>) {
  return (
    <textarea
      {...useField()}
      rows={rows}
      {...rest}
      className={cn(inputClass, 'field-sizing-content min-h-9 resize-y py-2', className)}
    />
  );
}

export function Select({ className, children, ...rest }: ComponentProps<'select'>) {
  return (
    <span className={cn('relative grid', className)}>
      <select
        {...useField()}
        {...rest}
        className={cn(inputClass, 'h-9 appearance-none pr-8 enabled:bg-surface!')}
      >
        {children}
      </select>
      <ChevronDown aria-hidden className="pointer-events-none absolute top-2.5 right-2.5 size-4 text-muted" />
    </span>
  );
}
