'use client';
import { useFormContext, useWatch } from 'react-hook-form';
import { Input, Select } from '#components/ui/input';
import { cn } from '#lib/cn';
import { keyOf, type SheetFields } from '#lib/model/request-form/fields';
import { formatStyle } from '#lib/model/request-form/format';
import type { Param } from '#lib/model/request-form/params';
import { JsonArea } from './json-area.tsx';

const example = JSON.stringify(
  {
    type: 'object',
    properties: { answer: { type: 'string' } },
    required: ['answer'],
    additionalProperties: false,
  },
  null,
  2,
);

/** Free text, any JSON, or JSON by a schema. */
export function FormatField({ param, look, hint }: { param: Param; look: string; hint: string | undefined }) {
  const { register, setValue, getValues, control } = useFormContext<SheetFields>();
  const at = `params.${keyOf(param)}` as const;
  const type = useWatch({ control, name: `${at}.text` });
  const style = formatStyle(param.name);

  /** A schema to begin with, before the choice itself is told: half a choice is none. */
  function begin(chosen: string) {
    if (chosen !== 'json_schema' || getValues(`${at}.more.schema`)) return;
    setValue(`${at}.more`, { name: 'answer', strict: 'true', schema: example });
  }

  return (
    <div className="grid gap-2">
      <Select
        {...register(`${at}.text`, { onChange: (event) => begin(event.target.value) })}
        className={cn('sm:w-1/2 sm:pr-2', look)}
      >
        <option value="">{hint ?? 'not sent'}</option>
        {style !== 'nameless' && <option value="text">text</option>}
        {style !== 'nameless' && <option value="json_object">any JSON object</option>}
        <option value="json_schema">JSON by a schema</option>
      </Select>
      {type === 'json_schema' && (
        <>
          {style !== 'nameless' && (
            <div className="flex items-center gap-4">
              <Input
                {...register(`${at}.more.name`)}
                id={undefined}
                aria-label={`${param.label} name`}
                placeholder="name"
                spellCheck={false}
                className={cn('max-w-60 font-mono text-sm', look)}
              />
              <Select
                {...register(`${at}.more.strict`)}
                id={undefined}
                aria-label={`${param.label} strict`}
                className={cn('w-40', look)}
              >
                <option value="">strict not said</option>
                <option value="true">strict</option>
                <option value="false">not strict</option>
              </Select>
            </div>
          )}
          <JsonArea name={`${at}.more.schema`} label={`${param.label} schema`} inner className={look} />
        </>
      )}
    </div>
  );
}
