'use client';
import { X } from 'lucide-react';
import { useFieldArray, useFormContext } from 'react-hook-form';
import { IconButton } from '#components/ui/icon-button';
import { Input } from '#components/ui/input';
import type { RequestsForm } from '#lib/model/request-form.schema';
import { AddRow, RowError, Rows } from './rows.tsx';

export function MetadataRows({ index }: { index: number }) {
  const { control, register, formState } = useFormContext<RequestsForm>();
  const name = `requests.${index}.metadata` as const;
  const { fields, append, remove } = useFieldArray({ control, name });
  const errors = formState.errors.requests?.[index]?.metadata;
  return (
    <Rows name="metadata">
      {fields.map((field, n) => (
        <div key={field.id} className="grid gap-1">
          <div className="flex items-center gap-1.5">
            <Input
              {...register(`${name}.${n}.key`)}
              aria-label={`metadata name ${n + 1}`}
              aria-invalid={errors?.[n]?.key ? true : undefined}
              placeholder="name"
              className="font-mono text-sm"
            />
            <Input
              {...register(`${name}.${n}.value`)}
              aria-label={`metadata value ${n + 1}`}
              aria-invalid={errors?.[n]?.value ? true : undefined}
              placeholder="value"
              className="font-mono text-sm"
            />
            <IconButton label={`Remove metadata ${n + 1}`} onClick={() => remove(n)}>
              <X aria-hidden />
            </IconButton>
          </div>
          <RowError text={errors?.[n]?.key?.message ?? errors?.[n]?.value?.message} />
        </div>
      ))}
      {fields.length < 16 && <AddRow onClick={() => append({ key: '', value: '' })}>Add metadata</AddRow>}
    </Rows>
  );
}
