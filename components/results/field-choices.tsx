'use client';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '#components/ui/button';
import { Checkbox } from '#components/ui/checkbox';
import { Num } from '#components/ui/num';
import { Spinner } from '#components/ui/spinner';
import { fieldSort } from '#lib/model/answer-field';
import { type ColumnId, fieldsIn } from './column-layout.ts';
import type { ColumnChoice } from './column-menu.tsx';
import { fieldsQuery } from './fields-query.ts';
import { choiceClass } from './result-columns.tsx';

/** The fields of answers that are JSON, over the whole batch, of which each can become a column. */
export function FieldChoices({
  batchId,
  shown,
  onToggle,
  isJson,
}: Pick<ColumnChoice, 'batchId' | 'shown' | 'isJson'> & { onToggle: (id: ColumnId) => void }) {
  const [asked, setAsked] = useState(false);
  const wanted = asked || isJson;
  const { data, error } = useQuery({ ...fieldsQuery(batchId), enabled: wanted });
  const chosen = fieldsIn(shown);
  const further = (data?.fields ?? []).filter(({ name }) => !chosen.includes(name));
  return (
    <fieldset className="grid min-w-0 grid-cols-1">
      <legend className="px-2 pt-1.5 pb-1 text-muted text-xs">Fields of JSON answers</legend>
      {!wanted && (
        <Button look="ghost" size="sm" onClick={() => setAsked(true)}>
          Look for fields
        </Button>
      )}
      {error && <p className="px-2 py-1 text-bad text-sm">{error.message}</p>}
      {wanted && !data && !error && <ReadingAnswers />}
      {data?.fields.length === 0 && (
        <p className="px-2 py-1 text-muted text-sm">No answer is a JSON object.</p>
      )}
      {further.length === 0 && data && data.fields.length > 0 && (
        <p className="px-2 py-1 text-muted text-sm">All of them are shown.</p>
      )}
      {further.map(({ name, count }) => (
        <Checkbox
          key={name}
          checked={false}
          onChange={() => onToggle(fieldSort(name))}
          className={choiceClass}
        >
          <span className="min-w-0 flex-1 truncate font-mono text-xs [unicode-bidi:isolate]">{name}</span>
          <Num value={count} className="text-muted text-xs" />
        </Checkbox>
      ))}
    </fieldset>
  );
}

export function ReadingAnswers() {
  return (
    <p role="status" className="flex items-center gap-2 px-2 py-1.5 text-muted text-sm">
      <Spinner /> Reading the answers once…
    </p>
  );
}
