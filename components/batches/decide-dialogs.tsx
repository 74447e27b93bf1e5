'use client';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { Button } from '#components/ui/button';
import { Dialog } from '#components/ui/dialog';
import { Field } from '#components/ui/field';
import { useFormat } from '#components/ui/format-context';
import { Input } from '#components/ui/input';
import { formatNumber } from '#lib/format';
import type { Batch } from '#lib/model/batch';
import { useDecision } from './use-decision.ts';

type Props = { batch: Batch; partId: string; onClose: () => void };

export function ResendDialog(props: Props) {
  const { name } = props.batch.connection;
  return (
    <TypedDialog
      {...props}
      action="resend"
      word="send again"
      button="Send again"
      title="Send it a second time?"
    >
      If the first call did reach {name}, both batches run there and both are paid.
    </TypedDialog>
  );
}

export function GiveUpDialog(props: Props) {
  const format = useFormat();
  const requests = formatNumber(props.batch.counts.total, format);
  return (
    <TypedDialog {...props} action="give_up" word="give up" button="Give up" title="Give this batch up?">
      Its {requests} requests are counted as failed. If the first call did reach {props.batch.connection.name}
      , it runs there unseen and is paid.
    </TypedDialog>
  );
}

/** What may cost twice is typed out, not clicked. */
function TypedDialog({
  batch,
  partId,
  onClose,
  action,
  word,
  button,
  title,
  children,
}: Props & {
  action: 'resend' | 'give_up';
  word: string;
  button: string;
  title: string;
  children: ReactNode;
}) {
  const form = useId();
  const [typed, setTyped] = useState('');
  const decide = useDecision(batch.id, onClose);
  const sure = typed.trim().toLowerCase() === word;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (sure) decide.mutate({ partId, action });
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      description={children}
      footer={
        <>
          <Button onClick={onClose}>Not now</Button>
          <Button
            look="danger"
            type="submit"
            form={form}
            busy={decide.isPending}
            reason={!sure && `Type “${word}” first.`}
          >
            {button}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit}>
        <Field label={`Type “${word}” to confirm`} error={decide.error?.message}>
          <Input
            data-autofocus
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            autoComplete="off"
          />
        </Field>
      </form>
    </Dialog>
  );
}
