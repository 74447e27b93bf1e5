'use client';
import { Field } from '#components/ui/field';
import { useEditor } from './editor-context.tsx';
import { JsonArea } from './json-area.tsx';
import { useProblems } from './use-problems.ts';

/** Whatever else there is: a JSON object whose members stand beside the others in the line. */
export function ExtraField({ names }: { names: string[] }) {
  const { findings } = useEditor();
  const { error } = useProblems('extra');
  const found = findings.filter(({ param }) => names.includes(param));
  const wrong = error ?? found.find(({ severity }) => severity === 'error')?.message;
  return (
    <div data-param="extra" className="@sm:col-span-2">
      <Field
        label="Extra parameters"
        help="A JSON object. Its members are sent beside the others, as they are."
        error={wrong}
      >
        <JsonArea name="extra" label="Extra parameters" placeholder={'{ "service_tier": "flex" }'} />
        {found
          .filter(({ severity }) => severity === 'warning')
          .map(({ message }) => (
            <p key={message} className="text-sm text-warn">
              {message}
            </p>
          ))}
      </Field>
    </div>
  );
}
