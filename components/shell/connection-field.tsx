'use client';
import { Combobox } from '#components/ui/combobox';
import { Field } from '#components/ui/field';
import type { Connection } from '#lib/model/connection';

export type ConnectionChoice = Pick<Connection, 'id' | 'name' | 'preset' | 'locked'>;

/** Where a batch goes; what cannot be used just now says why. */
export function ConnectionField({
  value,
  onChange,
  choices,
}: {
  value: string | null;
  onChange: (id: string) => void;
  choices: ConnectionChoice[];
}) {
  return (
    <Field label="Connection">
      <Combobox
        value={value}
        onChange={onChange}
        placeholder="Choose a connection"
        options={choices.map(({ id, name, preset, locked }) => ({
          value: id,
          label: name,
          hint: preset === 'sandbox' ? 'built in, costs nothing' : preset,
          reason: locked,
        }))}
      />
    </Field>
  );
}
