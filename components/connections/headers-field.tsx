'use client';
import { RotateCcw, X } from 'lucide-react';
import { Tag } from '#components/ui/badge';
import { Field } from '#components/ui/field';
import { IconButton } from '#components/ui/icon-button';
import { Textarea } from '#components/ui/input';
import { cn } from '#lib/cn';
import { type FormState, isByFile } from './form-fields.tsx';

/** Headers that are kept, to be dropped one by one, and new ones as lines. */
export function HeadersField({
  form,
  hidden,
  open,
}: {
  form: FormState;
  hidden: string[];
  /** Names whose values are no secret. */
  open: string[];
}) {
  const { connection, draft, problems, onChange } = form;
  const byFile = isByFile(connection, 'headers');
  const kept = Object.entries(connection?.headers ?? {}).filter(([name]) => !hidden.includes(name));
  return (
    <div className="grid gap-3 sm:col-span-2">
      {kept.length > 0 && (
        <ul aria-label="Headers that are sent" className="grid gap-1">
          {kept.map(([name, value]) => {
            const dropped = draft.dropped.includes(name);
            const others = draft.dropped.filter((one) => one !== name);
            return (
              <li key={name} className="flex items-center justify-between gap-3 text-sm">
                <code
                  className={cn('min-w-0 truncate font-mono text-xs', dropped && 'text-muted line-through')}
                >
                  {name}: {value}
                </code>
                {!byFile && (
                  <IconButton
                    size="sm"
                    label={dropped ? `Keep ${name}` : `Drop ${name}`}
                    onClick={() => onChange({ dropped: dropped ? others : [...others, name] })}
                  >
                    {dropped ? <RotateCcw aria-hidden /> : <X aria-hidden />}
                  </IconButton>
                )}
              </li>
            );
          })}
        </ul>
      )}
      <Field
        label="More headers"
        optional
        error={problems.headers}
        aside={byFile && <Tag>set by file</Tag>}
        help={`One a line, like x-team: blue. Values are sealed like the key${openWords(open)}.`}
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
    </div>
  );
}

function openWords(names: string[]): string {
  return names.length === 0 ? '' : `, but for ${names.join(', ')}`;
}
