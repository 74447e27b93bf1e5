'use client';
import type { ReactNode } from 'react';
import { Tag } from '#components/ui/badge';
import { Field } from '#components/ui/field';
import { Input, Select } from '#components/ui/input';
import type { Connection } from '#lib/model/connection';
import type { Draft } from './draft.ts';
import type { FieldProblems } from './draft-problems.ts';

export type FormState = {
  connection: Connection | null;
  draft: Draft;
  problems: FieldProblems;
  onChange: (change: Partial<Draft>) => void;
};

export type TextName = Exclude<keyof Draft, 'dialect' | 'dropped'>;

/** What a provisioning file owns by another name than the form's. */
const owners: Partial<Record<TextName, string>> = {
  requests: 'limits',
  bytes: 'limits',
  customIdPattern: 'limits',
  route: 'headers',
  behavior: 'headers',
};

export function isByFile(connection: Connection | null, name: TextName): boolean {
  return connection?.setByFile.includes(owners[name] ?? name) ?? false;
}

export function TextField({
  name,
  label,
  help,
  mono = false,
  optional,
  type = 'text',
  placeholder,
  focused = false,
  form: { connection, draft, problems, onChange },
}: {
  name: TextName;
  label: string;
  help?: ReactNode;
  mono?: boolean;
  optional?: boolean;
  type?: 'text' | 'password';
  placeholder?: string;
  /** Where a dialog begins. */
  focused?: boolean;
  form: FormState;
}) {
  const byFile = isByFile(connection, name);
  return (
    <Field
      label={label}
      help={help}
      error={problems[name]}
      optional={optional}
      aside={byFile && <Tag>set by file</Tag>}
    >
      <Input
        name={name}
        type={type}
        value={draft[name]}
        readOnly={byFile}
        data-autofocus={focused || undefined}
        placeholder={placeholder}
        spellCheck={false}
        autoComplete={type === 'password' ? 'new-password' : 'off'}
        onChange={(event) => onChange({ [name]: event.target.value })}
        className={mono ? 'font-mono text-sm!' : undefined}
      />
    </Field>
  );
}

export function ChoiceField({
  name,
  label,
  help,
  options,
  form: { connection, draft, problems, onChange },
}: {
  name: TextName;
  label: string;
  help?: ReactNode;
  options: { value: string; label: string }[];
  form: FormState;
}) {
  const byFile = isByFile(connection, name);
  const known = options.some(({ value }) => value === draft[name]);
  return (
    <Field label={label} help={help} error={problems[name]} aside={byFile && <Tag>set by file</Tag>}>
      <Select
        name={name}
        value={draft[name]}
        disabled={byFile}
        onChange={(event) => onChange({ [name]: event.target.value })}
      >
        {!known && <option value={draft[name]}>{draft[name] || 'none'}</option>}
        {options.map(({ value, label: words }) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </Select>
    </Field>
  );
}
