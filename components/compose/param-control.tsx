'use client';
import { useController, useFormContext, useWatch } from 'react-hook-form';
import { Combobox } from '#components/ui/combobox';
import { Input, Select, Textarea } from '#components/ui/input';
import { piece } from '#components/ui/piece';
import { cn } from '#lib/cn';
import { keyOf, type SheetFields } from '#lib/model/request-form/fields';
import type { Param } from '#lib/model/request-form/params';
import type { Standing } from '#lib/model/request-form/standing';
import { useEditor } from './editor-context.tsx';

// What stands in folded sections comes when one is unfolded.
const FormatField = piece(() => import('./format-field.tsx').then((m) => m.FormatField));
const JsonArea = piece(() => import('./json-area.tsx').then((m) => m.JsonArea));
const RowsField = piece(() => import('./rows-field.tsx').then((m) => m.RowsField));
const ThinkingField = piece(() => import('./thinking-field.tsx').then((m) => m.ThinkingField));
const ToolChoiceField = piece(() => import('./tool-choice-field.tsx').then((m) => m.ToolChoiceField));
const ToolsField = piece(() => import('./tools-field.tsx').then((m) => m.ToolsField));

/** The control for a parameter; what a request says against the defaults has the accent around it. */
export function ParamControl({ param, standing }: { param: Param; standing: Standing }) {
  const key = keyOf(param);
  const { control } = useFormContext<SheetFields>();
  const asJson = useWatch({ control, name: `params.${key}.asJson` });
  const look = cn(standing.from === 'own' && standing.hasDefault && 'border-accent/70');
  const hint = standing.from === 'mixed' ? 'differs' : standing.leftOut ? 'not sent' : undefined;
  const kind = param.control.kind;
  if (kind === 'tools') return <ToolsField />;
  if (asJson) return <JsonArea name={`params.${key}.text`} label={param.label} className={look} />;
  switch (kind) {
    case 'model':
      return <ModelField look={look} hint={hint} />;
    case 'text':
    case 'texts':
      return <TextField param={param} look={look} hint={hint} />;
    case 'number':
      return <NumberField param={param} look={look} hint={hint} />;
    case 'choice':
      return <ChoiceField name={key} options={param.control.options} look={look} hint={hint} />;
    case 'switch':
      return <ChoiceField name={key} options={['true', 'false']} look={look} hint={hint} />;
    case 'strings':
    case 'pairs':
      return <RowsField name={key} label={param.label} pairs={kind === 'pairs'} look={look} />;
    case 'tool-choice':
      return <ToolChoiceField look={look} hint={hint} />;
    case 'thinking':
      return <ThinkingField look={look} hint={hint} />;
    case 'format':
      return <FormatField param={param} look={look} hint={hint} />;
  }
}

type Look = { look: string; hint: string | undefined };

function ModelField({ look, hint }: Look) {
  const { control } = useFormContext<SheetFields>();
  const { field } = useController({ control, name: 'params.model.text' });
  const { models } = useEditor();
  return (
    <Combobox
      free
      value={field.value}
      onChange={field.onChange}
      onBlur={field.onBlur}
      options={models.map((model) => ({ value: model, label: model }))}
      placeholder={hint ?? 'As the provider calls it'}
      inputClassName={cn('font-mono text-sm', look)}
    />
  );
}

function TextField({ param, look, hint }: Look & { param: Param }) {
  const { register } = useFormContext<SheetFields>();
  const prompt = param.control.kind === 'texts';
  const words = param.control.kind === 'text' ? param.control.placeholder : '';
  return (
    <Textarea
      {...register(`params.${keyOf(param)}.text`)}
      rows={prompt ? 4 : 1}
      placeholder={hint ?? words}
      className={cn(prompt && 'min-h-24', look)}
    />
  );
}

function NumberField({ param, look, hint }: Look & { param: Param }) {
  const { register } = useFormContext<SheetFields>();
  const whole = param.control.kind === 'number' && param.control.whole;
  return (
    <Input
      {...register(`params.${keyOf(param)}.text`)}
      inputMode={whole ? 'numeric' : 'decimal'}
      autoComplete="off"
      placeholder={hint ?? 'not sent'}
      className={cn('tabular font-mono text-sm', look)}
    />
  );
}

export function ChoiceField({
  name,
  options,
  look,
  hint,
}: Look & { name: string; options: readonly string[] }) {
  const { register, control } = useFormContext<SheetFields>();
  const chosen = useWatch({ control, name: `params.${name}.text` });
  const unknown = chosen !== '' && !options.includes(chosen) ? [chosen] : [];
  return (
    <Select {...register(`params.${name}.text`)} className={look}>
      <option value="">{hint ?? 'not sent'}</option>
      {[...options, ...unknown].map((option) => (
        <option key={option} value={option}>
          {option}
        </option>
      ))}
    </Select>
  );
}
