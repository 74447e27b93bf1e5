'use client';
import { Combobox } from '#components/ui/combobox';
import { Field } from '#components/ui/field';
import { Textarea } from '#components/ui/input';

export type Change = { model: string; json: string };

/** What may be set anew in every request that is sent again; left empty, each goes as it was. */
export function ChangeFields({
  value,
  models,
  error,
  onChange,
}: {
  value: Change;
  models: string[];
  error: string | null;
  onChange: (value: Change) => void;
}) {
  return (
    <details className="rounded-control border">
      <summary className="rounded-control px-3 py-2 text-sm">Change model or parameters first</summary>
      <div className="grid gap-4 px-3 pt-1 pb-4">
        <Field label="Model" optional help="Left empty, each request keeps its own.">
          <Combobox
            free
            value={value.model}
            options={models.map((name) => ({ value: name, label: name }))}
            onChange={(model) => onChange({ ...value, model })}
          />
        </Field>
        <Field
          label="Parameters"
          optional
          error={error}
          help={'A JSON object; each member is set in every request: {"max_tokens": 2048}'}
        >
          <Textarea
            value={value.json}
            spellCheck={false}
            className="font-mono text-xs"
            onChange={(event) => onChange({ ...value, json: event.target.value })}
          />
        </Field>
      </div>
    </details>
  );
}
