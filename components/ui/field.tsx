'use client';
import { CircleAlert } from 'lucide-react';
import { createContext, type ReactNode, use, useId } from 'react';
import { cn } from '#lib/cn';

type FieldWires = { id: string; describedBy: string | undefined; invalid: boolean };
const FieldContext = createContext<FieldWires | null>(null);

/** Label, help and error around one control; the control wires itself to them. */
export function Field({
  label,
  help,
  error,
  optional = false,
  aside,
  className,
  children,
}: {
  label: string;
  help?: ReactNode;
  error?: ReactNode;
  optional?: boolean;
  /** At the end of the label's line. */
  aside?: ReactNode;
  className?: string;
  children: ReactNode;
}) {
  const id = useId();
  const describedBy = [help ? `${id}-help` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ');
  return (
    <FieldContext value={{ id, describedBy: describedBy || undefined, invalid: Boolean(error) }}>
      <div className={cn('grid content-start gap-1.5', className)}>
        <div className="flex items-baseline justify-between gap-3">
          <span className="flex items-baseline gap-2">
            <label htmlFor={id} className="font-medium text-sm">
              {label}
            </label>
            {optional && <span className="text-muted text-xs">optional</span>}
          </span>
          {aside}
        </div>
        {children}
        {error && (
          <p id={`${id}-error`} className="flex items-start gap-1.5 text-bad text-sm">
            <CircleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />
            <span>{error}</span>
          </p>
        )}
        {help && (
          <p id={`${id}-help`} className="text-muted text-xs">
            {help}
          </p>
        )}
      </div>
    </FieldContext>
  );
}

/** The attributes that tie a control to the field around it. */
export function useField(): {
  id?: string;
  'aria-describedby'?: string;
  'aria-invalid'?: true;
} {
  const wires = use(FieldContext);
  if (!wires) return {};
  return {
    id: wires.id,
    'aria-describedby': wires.describedBy,
    'aria-invalid': wires.invalid || undefined,
  };
}
