'use client';
import { Plus, X } from 'lucide-react';
import { useFieldArray, useFormContext } from 'react-hook-form';
import { Button } from '#components/ui/button';
import { IconButton } from '#components/ui/icon-button';
import { Input } from '#components/ui/input';
import { cn } from '#lib/cn';
import type { SheetFields } from '#lib/model/request-form/fields';

/** A list of texts, or of pairs, that grows one row at a time. */
export function RowsField({
  name,
  label,
  pairs,
  look,
}: {
  name: string;
  label: string;
  pairs: boolean;
  look: string;
}) {
  const { control, register } = useFormContext<SheetFields>();
  const at = `params.${name}.rows` as const;
  const { fields, append, remove } = useFieldArray({ control, name: at });
  const one = pairs ? 'pair' : 'sequence';
  return (
    <fieldset aria-label={label} className="grid min-w-0 gap-1.5">
      {fields.map((field, n) => (
        <div key={field.id} className="flex items-center gap-1.5">
          {pairs && (
            <Input
              {...register(`${at}.${n}.name`)}
              id={undefined}
              aria-label={`${label} name ${n + 1}`}
              placeholder="name"
              spellCheck={false}
              className={cn('font-mono text-sm', look)}
            />
          )}
          <Input
            {...register(`${at}.${n}.text`)}
            id={undefined}
            aria-label={pairs ? `${label} value ${n + 1}` : `${label} ${n + 1}`}
            placeholder={pairs ? 'value' : undefined}
            spellCheck={false}
            className={cn('font-mono text-sm', look)}
          />
          <IconButton label={`Remove ${one} ${n + 1} of ${label}`} onClick={() => remove(n)}>
            <X aria-hidden />
          </IconButton>
        </div>
      ))}
      <div>
        <Button
          look="ghost"
          size="sm"
          icon={<Plus aria-hidden />}
          onClick={() => append({ name: '', text: '' })}
          className="-ml-2"
        >
          Add {one}
        </Button>
      </div>
    </fieldset>
  );
}
