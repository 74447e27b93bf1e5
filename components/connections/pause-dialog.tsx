'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { Band } from '#components/ui/band';
import { Button } from '#components/ui/button';
import { Dialog } from '#components/ui/dialog';
import { Field } from '#components/ui/field';
import { Input } from '#components/ui/input';
import { useToast } from '#components/ui/toast';
import type { Connection } from '#lib/model/connection';
import { connectionsKey, pauseConnection } from './queries.ts';
import { batchWords } from './state-words.ts';

/** Says what stops and what does not. */
export function PauseDialog({ connection, onClose }: { connection: Connection; onClose: () => void }) {
  const queries = useQueryClient();
  const toast = useToast();
  const formId = useId();
  const [why, setWhy] = useState('');
  const pause = useMutation({
    mutationFn: () => pauseConnection(connection.id, why.trim()),
    onSuccess: ({ name }) => {
      queries.invalidateQueries({ queryKey: connectionsKey });
      toast({ title: `${name} is paused` });
      onClose();
    },
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Pause ${connection.name}?`}
      description={description(connection)}
      footer={
        <>
          <Button onClick={onClose}>Keep it going</Button>
          <Button type="submit" form={formId} look="accent" busy={pause.isPending}>
            Pause {connection.name}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (!pause.isPending) pause.mutate();
        }}
      >
        <Field label="Why" optional help="Shown to everybody beside the pause.">
          <Input
            name="why"
            value={why}
            maxLength={200}
            autoComplete="off"
            onChange={(event) => setWhy(event.target.value)}
          />
        </Field>
        {pause.error && <Band tone="bad">{pause.error.message}</Band>}
      </form>
    </Dialog>
  );
}

function description({ batches: { running, waiting } }: Connection): string {
  const parts = ['Until it is resumed nothing is sent to it, looked at or fetched.'];
  if (running > 0) {
    const goes = running === 1 ? 'goes' : 'go';
    parts.push(`${batchWords(running)} at the provider ${goes} on there and ${goes} unseen here.`);
  }
  if (waiting > 0) parts.push(`${batchWords(waiting)} ${waiting === 1 ? 'waits' : 'wait'} to be sent.`);
  return parts.join(' ');
}
