'use client';
import type { ReactNode } from 'react';
import { Field } from '#components/ui/field';
import { Select } from '#components/ui/input';
import type { Dialect } from '#lib/model/connection';
import { type Preset, presetIn } from '#lib/model/preset';
import { sandboxFaults } from '#lib/model/sandbox-faults';
import { dialectNames } from './dialect-words.ts';
import { draftInDialect, routeOf } from './draft.ts';
import { ChoiceField, type FormState, TextField } from './form-fields.tsx';
import { HeadersField } from './headers-field.tsx';
import { TermsFields } from './terms-fields.tsx';

type Props = FormState & {
  preset: Preset;
  /** The address or header changed under a stored key. */
  keyAgain: boolean;
  atTerms?: boolean;
};

export function ConnectionForm({ preset, keyAgain, atTerms = false, ...form }: Props) {
  const { connection, draft } = form;
  const builtIn = preset.name === 'sandbox';
  const route = routeOf(preset, draft.dialect);
  const hidden = route ? [route.header] : [];
  const open = presetIn(preset, draft.dialect)?.publicHeaders ?? [];
  return (
    <>
      <TextField form={form} name="name" label="Name" help="How people and scripts call it." />
      {connection === null && preset.otherDialects.length > 0 && <DialectField preset={preset} form={form} />}
      {builtIn && <BehaviorField form={form} />}
      {route && (
        <ChoiceField
          form={form}
          name="route"
          label="Provider"
          help={
            <>
              Who is behind the gateway, told by <code className="font-mono">{route.header}</code>. The key is
              that provider’s.
            </>
          }
          options={route.values.map((value) => ({ value, label: value }))}
        />
      )}
      {!(builtIn && draft.baseUrl === '') && (
        <AddressFields preset={preset} keyAgain={keyAgain} form={form} />
      )}
      <Fold
        title="Limits, price and time"
        open={
          atTerms ||
          hasProblem(form, ['requests', 'bytes', 'customIdPattern', 'discount', 'completionWindow'])
        }
      >
        <TermsFields preset={preset} form={form} focused={atTerms} />
      </Fold>
      {!builtIn && (
        <Fold title="Headers" open={hasProblem(form, ['keyHeader', 'headers'])}>
          <TextField
            form={form}
            name="keyHeader"
            label="Key header"
            mono
            help="authorization sends “Bearer KEY”, any other the bare key."
          />
          <HeadersField form={form} hidden={hidden} open={open.filter((name) => !hidden.includes(name))} />
        </Fold>
      )}
    </>
  );
}

function DialectField({ preset, form: { draft, problems, onChange } }: { preset: Preset; form: FormState }) {
  const dialects = [preset.dialect, ...preset.otherDialects];
  const { name, behavior, baseUrl, apiKey, headers } = draft;
  return (
    <Field label="Dialect" error={problems.dialect} help="What it speaks. It cannot be changed later.">
      <Select
        name="dialect"
        value={draft.dialect}
        onChange={(event) => {
          const fresh = draftInDialect(preset, event.target.value as Dialect);
          onChange({ ...fresh, name, behavior, baseUrl, apiKey, headers });
        }}
      >
        {dialects.map((dialect) => (
          <option key={dialect} value={dialect}>
            {dialectNames[dialect]}
          </option>
        ))}
      </Select>
    </Field>
  );
}

function BehaviorField({ form }: { form: FormState }) {
  const fault = sandboxFaults.find(({ name }) => name === form.draft.behavior);
  return (
    <ChoiceField
      form={form}
      name="behavior"
      label="Behavior"
      help={fault?.about ?? 'Like a good provider. Pick a fault to see how Batchdeck copes.'}
      options={[
        { value: '', label: 'Well behaved' },
        ...sandboxFaults.map(({ name, title }) => ({ value: name, label: title })),
      ]}
    />
  );
}

function AddressFields({ preset, keyAgain, form }: { preset: Preset; keyAgain: boolean; form: FormState }) {
  const { connection, draft, problems } = form;
  const stored = connection?.key;
  const ends = draft.dialect === 'anthropic' ? 'It stands before /v1.' : 'It ends in /v1 as a rule.';
  return (
    <>
      <TextField
        form={form}
        name="baseUrl"
        label="Base URL"
        mono
        placeholder={
          draft.dialect === 'anthropic' ? 'https://gateway.example.com' : 'https://gateway.example.com/v1'
        }
        help={`${ends} The key goes to this address and nowhere else.`}
      />
      <TextField
        form={form}
        name="apiKey"
        label="Key"
        mono
        type="password"
        optional={!preset.needsKey}
        placeholder={stored && !keyAgain ? staysWords(stored.last4) : undefined}
        help={
          stored && keyAgain && !problems.apiKey
            ? 'The stored key is bound to the old address and header, so it has to be entered again.'
            : undefined
        }
      />
    </>
  );
}

function staysWords(last4: string): string {
  return last4 === '' ? 'stays as it is' : `stays as it is, ending ${last4}`;
}

function hasProblem({ problems }: FormState, names: (keyof FormState['problems'])[]): boolean {
  return names.some((name) => problems[name] !== undefined);
}

function Fold({ title, open, children }: { title: string; open: boolean; children: ReactNode }) {
  return (
    <details className="group rounded-control border border-line" open={open || undefined}>
      <summary className="rounded-control px-3 py-2 font-medium text-muted text-sm hover:text-ink">
        {title}
      </summary>
      <div className="grid gap-4 border-t p-3 sm:grid-cols-2">{children}</div>
    </details>
  );
}
