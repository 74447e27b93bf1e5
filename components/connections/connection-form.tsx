'use client';
import { Tag } from '#components/ui/badge';
import { Field } from '#components/ui/field';
import { Input, Textarea } from '#components/ui/input';
import type { Connection } from '#lib/model/connection';
import type { Preset } from '#lib/model/preset';
import type { Draft } from './connection-fields.ts';

export type FieldProblems = Partial<Record<keyof Draft | 'other', string>>;

type Props = {
  preset: Preset;
  connection: Connection | null;
  draft: Draft;
  problems: FieldProblems;
  /** The address or header changed under a stored key. */
  keyAgain: boolean;
  onChange: (change: Partial<Draft>) => void;
};

export function ConnectionForm(props: Props) {
  const { preset, connection, problems, keyAgain } = props;
  const builtIn = preset.name === 'sandbox';
  const stored = connection?.key;
  return (
    <>
      <TextField {...props} name="name" label="Name" help="How people and scripts call it." />
      {!builtIn && (
        <>
          <TextField
            {...props}
            name="baseUrl"
            label="Base URL"
            mono
            help="It ends in /v1. The key goes to this address and nowhere else."
          />
          <TextField
            {...props}
            name="apiKey"
            label="Key"
            mono
            type="password"
            optional={!preset.needsKey}
            placeholder={stored && !keyAgain ? `stays as it is, ending ${stored.last4}` : undefined}
            help={
              stored && keyAgain && !problems.apiKey
                ? 'The stored key is bound to the old address and header, so it has to be entered again.'
                : undefined
            }
          />
        </>
      )}
      <details
        className="group rounded-control border border-line"
        open={Boolean(
          problems.keyHeader || problems.headers || problems.discount || problems.completionWindow,
        )}
      >
        <summary className="rounded-control px-3 py-2 font-medium text-muted text-sm hover:text-ink">
          Header, price and time
        </summary>
        <div className="grid gap-4 border-t p-3 sm:grid-cols-2">
          {!builtIn && (
            <TextField
              {...props}
              name="keyHeader"
              label="Key header"
              mono
              help="authorization sends “Bearer KEY”, any other the bare key."
            />
          )}
          <TextField {...props} name="completionWindow" label="Completion window" help="Like 24h or 7d." />
          <TextField
            {...props}
            name="discount"
            label="Discount, percent"
            help="Against the real-time price."
          />
          {!builtIn && <HeadersField {...props} />}
        </div>
      </details>
    </>
  );
}

function TextField({
  name,
  label,
  help,
  mono = false,
  optional,
  type = 'text',
  placeholder,
  connection,
  draft,
  problems,
  onChange,
}: Props & {
  name: keyof Draft;
  label: string;
  help?: string;
  mono?: boolean;
  optional?: boolean;
  type?: string;
  placeholder?: string;
}) {
  const byFile = connection?.setByFile.includes(name) ?? false;
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
        placeholder={placeholder}
        spellCheck={false}
        autoComplete={type === 'password' ? 'new-password' : 'off'}
        onChange={(event) => onChange({ [name]: event.target.value })}
        className={mono ? 'font-mono text-sm!' : undefined}
      />
    </Field>
  );
}

function HeadersField({ connection, draft, problems, onChange }: Props) {
  const kept = Object.entries(connection?.headers ?? {});
  const byFile = connection?.setByFile.includes('headers') ?? false;
  const now = kept.map(([name, value]) => `${name}: ${value}`).join(', ');
  return (
    <Field
      className="sm:col-span-2"
      label="More headers"
      optional
      error={problems.headers}
      aside={byFile && <Tag>set by file</Tag>}
      help={
        kept.length > 0
          ? `Now: ${now}. What is written here replaces them all.`
          : 'One a line, like x-team: blue. Values are sealed like the key.'
      }
    >
      <Textarea
        name="headers"
        rows={2}
        readOnly={byFile}
        spellCheck={false}
        value={draft.headers}
        onChange={(event) => onChange({ headers: event.target.value })}
        className="font-mono text-sm!"
      />
    </Field>
  );
}
