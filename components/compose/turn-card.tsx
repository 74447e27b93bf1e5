'use client';
import { useFieldArray, useFormContext, useWatch } from 'react-hook-form';
import { Field } from '#components/ui/field';
import { Select } from '#components/ui/input';
import { piece } from '#components/ui/piece';
import { cn } from '#lib/cn';
import type { SheetFields } from '#lib/model/request-form/fields';
import { newPart, type PartFields } from '#lib/model/request-form/turn-fields';
import { PartField } from './part-field.tsx';
import { TurnMenu } from './turn-menu.tsx';

const JsonArea = piece(() => import('./json-area.tsx').then((m) => m.JsonArea));

/** One turn: who says it, and the pieces it is made of. */
export function TurnCard({
  name,
  n,
  count,
  label,
  error,
  roles,
  onRemove,
  onMove,
}: {
  name: string;
  n: number;
  count: number;
  label: string;
  error: string | undefined;
  roles: string[];
  onRemove: () => void;
  onMove: (by: 1 | -1) => void;
}) {
  const { control, register, setValue } = useFormContext<SheetFields>();
  const at = `params.${name}.turns.${n}` as const;
  const parts = useFieldArray({ control, name: `${at}.parts` });
  const [raw, role] = useWatch({ control, name: [`${at}.raw`, `${at}.role`] });

  function add(kind: PartFields['kind']) {
    setValue(`${at}.plain`, false);
    parts.append(newPart(kind));
  }

  return (
    <div className={cn('min-w-0', count > 1 && 'border-l-2 pl-3', count > 1 && edgeOf(role))}>
      <Field
        label={label}
        error={error}
        aside={
          <span className="-my-1 flex items-center gap-1 self-center">
            {raw === null && (
              <Select
                {...register(`${at}.role`)}
                id={undefined}
                aria-label={`Role of turn ${n + 1}`}
                className="[&>select]:field-sizing-content [&>select]:h-7 [&>select]:border-transparent [&>select]:bg-transparent! [&>select]:text-muted [&>select]:text-xs [&>svg]:top-1.5 [&>svg]:right-2"
              >
                {(roles.includes(role) ? roles : [...roles, role]).map((one) => (
                  <option key={one} value={one}>
                    {one}
                  </option>
                ))}
              </Select>
            )}
            <TurnMenu
              n={n}
              count={count}
              role={role}
              onRemove={onRemove}
              onMove={onMove}
              onAdd={raw === null ? add : null}
            />
          </span>
        }
      >
        {raw !== null ? (
          <JsonArea name={`${at}.raw`} label={label} />
        ) : (
          parts.fields.map((part, m) => (
            <PartField
              key={part.id}
              at={`${at}.parts.${m}`}
              kind={part.kind}
              label={m === 0 ? label : `${label}, part ${m + 1}`}
              named={m === 0}
              onRemove={parts.fields.length > 1 ? () => parts.remove(m) : null}
            />
          ))
        )}
      </Field>
    </div>
  );
}

function edgeOf(role: string): string {
  if (role === 'assistant') return 'border-accent/50';
  return role === 'user' ? 'border-line-strong' : 'border-warn/40';
}
