'use client';
import { Field } from '#components/ui/field';
import { Select } from '#components/ui/input';
import type { ShapeName } from '#lib/model/request-form/form';
import { shapes } from '#lib/model/request-form/shapes';

/** What the lines are for, where a connection takes several kinds. */
export function EndpointChoice({
  value,
  options,
  onChange,
}: {
  value: ShapeName;
  options: readonly ShapeName[];
  onChange: (shape: ShapeName) => void;
}) {
  return (
    <Field label="Endpoint">
      <Select value={value} onChange={(event) => onChange(event.target.value as ShapeName)}>
        {options.map((name) => (
          <option key={name} value={name}>
            {shapes[name].title} · {shapes[name].url}
          </option>
        ))}
      </Select>
    </Field>
  );
}
