'use client';
import { type FormEvent, type ReactNode, useId, useState } from 'react';
import { Button } from '#components/ui/button';
import { Dialog } from '#components/ui/dialog';
import { Field } from '#components/ui/field';
import { useFormat, useNow } from '#components/ui/format-context';
import { Input } from '#components/ui/input';
import { formatClock, formatNumber } from '#lib/format';
import { type Question, useDecision } from './use-decision.ts';

export function ResendDialog(question: Question) {
  const { batch, call } = question;
  const format = useFormat();
  const now = useNow();
  const { name } = batch.connection;
  const left = Date.parse(call.freeAt) - now;
  return (
    <TypedDialog
      {...question}
      action="resend"
      word="send again"
      button="Send again"
      title="Send it a second time?"
      wait={left > 0 ? `The first call may still arrive. Possible in ${countdown(left)}.` : null}
    >
      <p>
        If the call of {formatClock(call.sentAt, now, format)} did reach {name}, or reaches it yet, both
        batches run there and both are paid.
      </p>
      <p>
        Batchdeck follows the second one. Should the first be heard of after that, its id appears on this page
        and in the Timeline, so that you can cancel it in the console of {name}.
      </p>
    </TypedDialog>
  );
}

/** To the second, for it ticks: `42 s`, `2 min 5 s`. */
function countdown(ms: number): string {
  const seconds = Math.ceil(ms / 1_000);
  const minutes = Math.floor(seconds / 60);
  return minutes > 0 ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
}

export function GiveUpDialog(question: Question) {
  const format = useFormat();
  const { batch, part } = question;
  const requests = formatNumber(part.counts.total, format);
  const what = batch.parts.length > 1 ? 'part' : 'batch';
  return (
    <TypedDialog
      {...question}
      action="give_up"
      word="give up"
      button="Give up"
      title={`Give this ${what} up?`}
    >
      <p>
        Its {requests} {part.counts.total === 1 ? 'request is' : 'requests are'} counted as failed. If the
        first call did reach {batch.connection.name}, it runs there unseen and is paid.
      </p>
    </TypedDialog>
  );
}

/** What may cost twice is typed out, not clicked. */
function TypedDialog({
  batch,
  part,
  onClose,
  action,
  word,
  button,
  title,
  wait = null,
  children,
}: Question & {
  action: 'resend' | 'give_up';
  word: string;
  button: string;
  title: string;
  wait?: string | null;
  children: ReactNode;
}) {
  const form = useId();
  const [typed, setTyped] = useState('');
  const decide = useDecision(batch.id, onClose);
  const sure = typed.trim().toLowerCase() === word;
  const off = wait ?? (sure ? null : `Type “${word}” first.`);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!off) decide.mutate({ partId: part.id, action });
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      description={<div className="grid gap-2">{children}</div>}
      footer={
        <>
          <Button onClick={onClose}>Not now</Button>
          <Button look="danger" type="submit" form={form} busy={decide.isPending} reason={off}>
            {button}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="grid gap-3">
        {wait && <p className="tabular text-sm text-warn">{wait}</p>}
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
