'use client';
import { X } from 'lucide-react';
import { useFieldArray, useFormContext } from 'react-hook-form';
import { IconButton } from '#components/ui/icon-button';
import { Input } from '#components/ui/input';
import type { RequestsForm } from '#lib/model/request-form.schema';
import { AddRow, RowError, Rows } from './rows.tsx';

export function StopRows({ index }: { index: number }) {
  const { control, register, formState } = useFormContext<RequestsForm>();
  const name = `requests.${index}.stopSequences` as const;
  const { fields, append, remove } = useFieldArray({ control, name });
  const errors = formState.errors.requests?.[index]?.stopSequences;
  return (
    <Rows name="stop_sequences">
      {fields.map((field, n) => (
        <div key={field.id} className="grid gap-1">
          <div className="flex items-center gap-1.5">
            <Input
              {...register(`${name}.${n}.text`)}
              aria-label={`stop_sequences ${n + 1}`}
              aria-invalid={errors?.[n] ? true : undefined}
              className="font-mono text-sm"
            />
            <IconButton label={`Remove stop sequence ${n + 1}`} onClick={() => remove(n)}>
              <X aria-hidden />
            </IconButton>
          </div>
          <RowError text={errors?.[n]?.text?.message} />
        </div>
      ))}
      {fields.length < 4 && <AddRow onClick={() => append({ text: '' })}>Add stop sequence</AddRow>}
    </Rows>
  );
}
