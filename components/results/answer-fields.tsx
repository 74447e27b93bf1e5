'use client';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Button } from '#components/ui/button';
import { Spinner } from '#components/ui/spinner';
import type { FieldFacts } from '#lib/model/answer-field';
import { fieldsQuery } from './fields-query.ts';

/** The fields that answers have, once they are asked for: the whole batch is read for them. */
export function AnswerFields({
  batchId,
  wanted,
  legend,
  children,
}: {
  batchId: string;
  /** Nobody needs to ask first. */
  wanted: boolean;
  legend: string;
  children: (fields: FieldFacts[]) => ReactNode;
}) {
  const [asked, setAsked] = useState(false);
  const isWanted = asked || wanted;
  const { data, error } = useQuery({ ...fieldsQuery(batchId), enabled: isWanted });
  return (
    <fieldset className="grid min-w-0 grid-cols-1">
      <legend className="px-2 pt-1.5 pb-1 text-muted text-xs">{legend}</legend>
      {!isWanted && (
        <Button look="ghost" size="sm" onClick={() => setAsked(true)}>
          Look for fields
        </Button>
      )}
      {error && <p className="px-2 py-1 text-bad text-sm">{error.message}</p>}
      {isWanted && !data && !error && (
        <p role="status" className="flex items-center gap-2 px-2 py-1.5 text-muted text-sm">
          <Spinner /> Reading the answers once…
        </p>
      )}
      {data?.fields.length === 0 && (
        <p className="px-2 py-1 text-muted text-sm">No answer is a JSON object.</p>
      )}
      {data && data.fields.length > 0 && children(data.fields)}
    </fieldset>
  );
}
