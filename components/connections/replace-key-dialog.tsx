'use client';
import { useMutation } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { Button } from '#components/ui/button';
import { Dialog } from '#components/ui/dialog';
import { Field } from '#components/ui/field';
import { Input } from '#components/ui/input';
import type { Connection } from '#lib/model/connection';
import { problemsOf } from './draft-problems.ts';
import { changeConnection } from './queries.ts';
import { batchWords } from './state-words.ts';
import { useSaved } from './use-saved.ts';

/** One field, because the key is all that changes. The new one is checked at once. */
export function ReplaceKeyDialog({ connection, onClose }: { connection: Connection; onClose: () => void }) {
  const saved = useSaved();
  const formId = useId();
  const [key, setKey] = useState('');
  const replace = useMutation({
    mutationFn: () => changeConnection(connection.id, { apiKey: key.trim() }),
    onSuccess: async (changed) => {
      await saved(changed, 'given its new key');
      onClose();
    },
  });
  const problems = replace.error ? problemsOf(replace.error) : {};
  return (
    <Dialog
      open
      onClose={onClose}
      stays
      title={`Replace the key of ${connection.name}`}
      description={description(connection)}
      footer={
        <>
          <Button onClick={onClose}>Keep the old one</Button>
          <Button
            type="submit"
            form={formId}
            look="accent"
            busy={replace.isPending}
            reason={key.trim() === '' && 'Enter the new key first.'}
          >
            Replace key
          </Button>
        </>
      }
    >
      <form
        id={formId}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!replace.isPending && key.trim() !== '') replace.mutate();
        }}
      >
        <Field
          label="New key"
          help={`Sealed, bound to ${hostOf(connection)} and never shown again.`}
          error={problems.apiKey ?? problems.other}
        >
          <Input
            type="password"
            name="apiKey"
            value={key}
            autoComplete="new-password"
            spellCheck={false}
            onChange={(event) => setKey(event.target.value)}
            className="font-mono text-sm!"
          />
        </Field>
      </form>
    </Dialog>
  );
}

function description({ key, keyRefused, batches }: Connection): string {
  const old = key?.last4 ? `The key ending ${key.last4} is destroyed. ` : '';
  const waiting = batches.running + batches.waiting;
  return keyRefused
    ? `${old}${batchWords(waiting)} waiting for it ${waiting === 1 ? 'goes' : 'go'} on at once.`
    : `${old}Batches under way go on with the new one.`;
}

export function hostOf({ baseUrl }: Connection): string {
  return URL.canParse(baseUrl) ? new URL(baseUrl).host : 'this process';
}
