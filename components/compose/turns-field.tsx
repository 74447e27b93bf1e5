'use client';
import { Plus } from 'lucide-react';
import { useFieldArray, useFormContext, useWatch } from 'react-hook-form';
import { Button } from '#components/ui/button';
import { Field } from '#components/ui/field';
import { piece } from '#components/ui/piece';
import type { SheetFields } from '#lib/model/request-form/fields';
import { turnFields } from '#lib/model/request-form/turn-fields';
import { newTurn, rolesOf } from '#lib/model/request-form/turns';
import { useEditor } from './editor-context.tsx';
import { TurnCard } from './turn-card.tsx';

const JsonArea = piece(() => import('./json-area.tsx').then((m) => m.JsonArea));

/** A conversation: mostly one message, as many turns as somebody wants. */
export function TurnsField({ name, error }: { name: string; error: string | undefined }) {
  const { shape, findings } = useEditor();
  const { control, getValues } = useFormContext<SheetFields>();
  const at = `params.${name}.turns` as const;
  const { fields, append, remove, swap } = useFieldArray({ control, name: at });
  const asJson = useWatch({ control, name: `params.${name}.asJson` });
  const style = shape.turns ?? 'messages';
  const first = fields.findIndex(({ raw, role }) => raw === null && role === 'user');
  const faulty = Number(
    findings.find(({ param, severity }) => param === name && severity === 'error')?.path[0] ?? 0,
  );

  function add() {
    const last = getValues(at).at(-1);
    append(turnFields(newTurn(style, last?.role === 'user' ? 'assistant' : 'user')));
  }

  if (asJson) {
    return (
      <Field label="Message" error={error}>
        <JsonArea name={`params.${name}.text`} label="Message" />
      </Field>
    );
  }
  return (
    <div className="grid gap-3">
      {fields.map((field, n) => (
        <TurnCard
          key={field.id}
          name={name}
          n={n}
          count={fields.length}
          label={n === first ? 'Message' : `Message ${n + 1}`}
          error={n === faulty ? error : undefined}
          roles={rolesOf(style)}
          onRemove={() => remove(n)}
          onMove={(by) => swap(n, n + by)}
        />
      ))}
      <div>
        <Button look="ghost" size="sm" icon={<Plus aria-hidden />} onClick={add} className="-ml-2">
          {fields.length === 0 ? 'Add message' : 'Add turn'}
        </Button>
        {fields.length === 0 && error && <span className="ml-2 text-bad text-sm">{error}</span>}
      </div>
    </div>
  );
}
