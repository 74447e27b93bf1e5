'use client';
import { type FormEvent, useId, useState } from 'react';
import { Button } from '#components/ui/button';
import { Dialog } from '#components/ui/dialog';
import { Field } from '#components/ui/field';
import { Input } from '#components/ui/input';
import { CandidateList } from './candidate-list.tsx';
import { type Question, useDecision } from './use-decision.ts';

/** Which batch at the provider it is: one of those it lists, or an id from its console. */
export function BindDialog({ batch, part, call, onClose }: Question) {
  const form = useId();
  const [id, setId] = useState('');
  const decide = useDecision(batch.id, onClose);
  const who = batch.connection.name;
  const found = call.candidates ?? [];
  const choose = (providerBatchId: string) => decide.mutate({ partId: part.id, providerBatchId });

  function submit(event: FormEvent) {
    event.preventDefault();
    if (id.trim() !== '') choose(id.trim());
  }

  return (
    <Dialog
      open
      onClose={onClose}
      size={found.length > 0 ? 'lg' : 'md'}
      title={`Which batch at ${who} is “${batch.name}”?`}
      description={`${who} is asked about this id before anything changes here.`}
      footer={
        <>
          <Button onClick={onClose}>Not now</Button>
          <Button
            look={found.length > 0 ? undefined : 'accent'}
            type="submit"
            form={form}
            busy={decide.isPending}
            reason={id.trim() === '' && 'Paste the id first.'}
          >
            Check and use it
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        {found.length > 0 && (
          <CandidateList
            candidates={found}
            requests={part.counts.total}
            busy={
              decide.isPending ? (decide.variables as { providerBatchId?: string }).providerBatchId : null
            }
            onChoose={choose}
          />
        )}
        <form id={form} onSubmit={submit}>
          <Field
            label={found.length > 0 ? 'Or another id' : 'Provider’s batch id'}
            error={decide.error?.message}
          >
            <Input
              data-autofocus={found.length > 0 ? undefined : true}
              value={id}
              onChange={(event) => setId(event.target.value)}
              autoComplete="off"
              spellCheck={false}
              className="font-mono text-sm"
            />
          </Field>
        </form>
      </div>
    </Dialog>
  );
}
