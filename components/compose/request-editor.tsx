'use client';
import { useId } from 'react';
import { useFormContext } from 'react-hook-form';
import { Field } from '#components/ui/field';
import { Input, Textarea } from '#components/ui/input';
import type { RequestsForm } from '#lib/model/request-form.schema';
import { MetadataRows } from './metadata-rows.tsx';
import { StopRows } from './stop-rows.tsx';

export function RequestEditor({ index, models }: { index: number; models: string[] }) {
  const { register, formState, trigger, getValues } = useFormContext<RequestsForm>();
  const listId = useId();
  const errors = formState.errors.requests?.[index];
  const at = `requests.${index}` as const;
  /** Whether an id is taken depends on the others too. */
  const checkIds = () => {
    if (formState.isSubmitted || errors)
      void trigger(getValues('requests').map((_, n) => `requests.${n}.customId` as const));
  };
  return (
    <div className="grid gap-4 p-4">
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="custom_id" error={errors?.customId?.message}>
          <Input
            {...register(`${at}.customId`, { onBlur: checkIds })}
            data-first
            autoComplete="off"
            spellCheck={false}
            className="font-mono text-sm"
          />
        </Field>
        <Field label="Model" error={errors?.model?.message}>
          <Input
            {...register(`${at}.model`)}
            list={listId}
            autoComplete="off"
            spellCheck={false}
            className="font-mono text-sm [&::-webkit-calendar-picker-indicator]:opacity-0"
          />
          <datalist id={listId}>
            {models.map((model) => (
              <option key={model} value={model} />
            ))}
          </datalist>
        </Field>
      </div>
      <Field label="System" optional>
        <Textarea {...register(`${at}.system`)} rows={1} placeholder="How the model should behave" />
      </Field>
      <Field label="Message" error={errors?.message?.message}>
        <Textarea
          {...register(`${at}.message`)}
          rows={4}
          placeholder="What the model should answer"
          className="min-h-24"
        />
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="max_tokens" optional error={errors?.maxTokens?.message}>
          <Input {...register(`${at}.maxTokens`)} inputMode="numeric" className="tabular font-mono text-sm" />
        </Field>
        <Field label="temperature" optional error={errors?.temperature?.message}>
          <Input
            {...register(`${at}.temperature`)}
            inputMode="decimal"
            placeholder="the model’s own"
            className="tabular font-mono text-sm"
          />
        </Field>
      </div>
      <div className="grid gap-4 sm:grid-cols-2">
        <StopRows index={index} />
        <MetadataRows index={index} />
      </div>
    </div>
  );
}
