'use client';
import { Field } from '#components/ui/field';
import { Select } from '#components/ui/input';
import type { Target } from './outgoing.ts';

/** Who behind a gateway gets this batch: its connection says, unless it is said here. */
export function RouteChoice({
  target,
  value,
  onChange,
}: {
  target: Target;
  value: string | null;
  onChange: (provider: string) => void;
}) {
  const { route } = target.capabilities;
  if (!route) return null;
  const usual = target.headers[route.header] ?? '';
  const options = [...new Set([usual, ...route.values])];
  return (
    <Field label="Provider">
      <Select value={value ?? usual} onChange={(event) => onChange(event.target.value)}>
        {options.map((name) => (
          <option key={name} value={name}>
            {name || 'as the gateway has it'}
          </option>
        ))}
      </Select>
    </Field>
  );
}
