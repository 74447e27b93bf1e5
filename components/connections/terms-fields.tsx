'use client';
import { capabilitiesOf } from '#lib/model/capabilities';
import type { Preset } from '#lib/model/preset';
import { ChoiceField, type FormState, TextField } from './form-fields.tsx';

/** What the provider allows and takes for it. Documents drift, so all of it can be changed. */
export function TermsFields({
  preset,
  form,
  focused,
}: {
  preset: Preset;
  form: FormState;
  focused: boolean;
}) {
  const { windows } = capabilitiesOf({ preset: preset.name, dialect: form.draft.dialect });
  const none = { value: '', label: 'as the provider has it' };
  return (
    <>
      <TextField
        form={form}
        name="requests"
        focused={focused}
        label="Requests in a batch, at most"
        placeholder="no limit"
        help="A larger file makes no batch here."
      />
      <TextField
        form={form}
        name="bytes"
        label="Bytes in a batch, at most"
        placeholder="no limit"
        help="Like 200 MB or 256 MiB."
      />
      <TextField
        form={form}
        name="discount"
        label="Discount, percent"
        placeholder="not known"
        help="Against the real-time price."
      />
      {windows.length > 1 ? (
        <ChoiceField
          form={form}
          name="completionWindow"
          label="Completion window"
          help="What a batch asks for unless it says otherwise."
          options={[none, ...windows.map((value) => ({ value, label: value }))]}
        />
      ) : (
        <TextField
          form={form}
          name="completionWindow"
          label="Completion window"
          placeholder={none.label}
          help="Like 24h or 7d."
        />
      )}
      <TextField
        form={form}
        name="customIdPattern"
        label="custom_id pattern"
        mono
        optional
        placeholder="any"
        help="A regular expression every custom_id must fit."
      />
    </>
  );
}
