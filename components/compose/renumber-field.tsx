'use client';
import { useState } from 'react';
import { Button } from '#components/ui/button';
import { Field } from '#components/ui/field';
import { Input } from '#components/ui/input';
import { renumber } from '#lib/model/request-form/edit';
import { useEditor } from './editor-context.tsx';

/** Ids for all that is open, by one pattern. */
export function RenumberField() {
  const { open, act } = useEditor();
  const [pattern, setPattern] = useState('row-{n}');
  const ids = open === 'defaults' ? [] : open;
  const reason = pattern.includes('{n}') ? null : 'Without {n} all would have the same custom_id.';
  return (
    <div data-param="pattern" className="@sm:col-span-2">
      <Field label="custom_id pattern" help="{n} is the place among the chosen requests.">
        <span className="flex gap-2">
          <Input
            value={pattern}
            onChange={(event) => setPattern(event.target.value)}
            spellCheck={false}
            className="max-w-72 font-mono text-sm"
          />
          <Button
            reason={reason}
            onClick={() => act((form) => renumber(form, ids, pattern), 'pattern')}
            className="h-9"
          >
            Renumber
          </Button>
        </span>
      </Field>
    </div>
  );
}
