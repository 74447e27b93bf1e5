'use client';
import { useFormContext, useWatch } from 'react-hook-form';
import { Textarea } from '#components/ui/input';
import { cn } from '#lib/cn';
import { jsonProblem } from './json-problem.ts';

const clickMs = 250;

/** JSON in a field: laid out once one leaves it, with the place of the first mistake while one is there. */
export function JsonArea({
  name,
  label,
  inner = false,
  className,
  placeholder,
}: {
  name: string;
  label: string;
  /** Not the control the field around it is named for. */
  inner?: boolean;
  className?: string;
  placeholder?: string;
}) {
  const { register, setValue, control } = useFormContext<Record<string, string>>();
  const text = useWatch({ control, name }) ?? '';
  const problem = text.trim() === '' ? null : jsonProblem(text);
  const { onBlur, ...field } = register(name);
  return (
    <div className="grid gap-1">
      <Textarea
        {...field}
        {...(inner ? { id: undefined } : {})}
        aria-label={label}
        rows={3}
        spellCheck={false}
        autoComplete="off"
        placeholder={placeholder}
        onBlur={async (event) => {
          await onBlur(event);
          if (text.trim() === '' || problem) return;
          // Not under the pointer: what makes the field higher would move a button away from its click.
          setTimeout(() => setValue(name, JSON.stringify(JSON.parse(text), null, 2)), clickMs);
        }}
        className={cn('max-h-96 font-mono text-xs leading-relaxed', className)}
      />
      {problem && (
        <p role="status" className="text-sm text-warn">
          {problem}
        </p>
      )}
    </div>
  );
}
