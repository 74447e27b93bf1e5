'use client';
import { type FormEvent, useId, useState } from 'react';
import { Button } from '#components/ui/button';
import { Dialog } from '#components/ui/dialog';
import { Field } from '#components/ui/field';
import { Input } from '#components/ui/input';
import type { Batch } from '#lib/model/batch';
import { useDecision } from './use-decision.ts';

type Props = { batch: Batch; partId: string; onClose: () => void };

export function BindDialog({ batch, partId, onClose }: Props) {
  const form = useId();
  const [id, setId] = useState('');
  const decide = useDecision(batch.id, onClose);
  const who = batch.connection.name;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (id.trim() !== '') decide.mutate({ partId, providerBatchId: id.trim() });
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={`Which batch at ${who} is “${batch.name}”?`}
      description={`${who} is asked about this id before anything changes here.`}
      footer={
        <>
          <Button onClick={onClose}>Not now</Button>
          <Button
            look="accent"
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
      <form id={form} onSubmit={submit}>
        <Field label="Provider’s batch id" error={decide.error?.message}>
          <Input
            data-autofocus
            value={id}
            onChange={(event) => setId(event.target.value)}
            autoComplete="off"
            spellCheck={false}
            className="font-mono text-sm"
          />
        </Field>
      </form>
    </Dialog>
  );
}
