'use client';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { Band } from '#components/ui/band';
import { Button } from '#components/ui/button';
import { Checkbox } from '#components/ui/checkbox';
import { Dialog } from '#components/ui/dialog';
import { useFormat } from '#components/ui/format-context';
import { Money, Num } from '#components/ui/num';
import { sendJson } from '#lib/api-client';
import { formatNumber } from '#lib/format';
import type { Batch } from '#lib/model/batch';
import { apiPaths } from '#lib/paths';
import { ChangeFields } from './change-fields.tsx';
import {
  countOf,
  estimateOf,
  openIn,
  orderOf,
  overridesIn,
  type Retriable,
  type RetryWish,
  retriable,
} from './retry-wish.ts';

/** Names the exact count before anything is sent, and lets model and parameters be changed first. */
export function RetryDialog({
  batch,
  wish: asked,
  onClose,
  onSent,
}: {
  batch: Batch;
  wish: RetryWish;
  onClose: () => void;
  onSent: (batch: Batch, count: number) => void;
}) {
  const format = useFormat();
  const formId = useId();
  const [wish, setWish] = useState(asked);
  const [change, setChange] = useState({ model: '', json: '' });
  // A repeated click, or one whose answer was lost, is the same order.
  const [key] = useState(() => crypto.randomUUID());
  const count = countOf(wish, batch.counts);
  const requests = `${formatNumber(count, format)} ${count === 1 ? 'request' : 'requests'}`;
  const read = overridesIn(change.model, change.json);
  const wrong = typeof read === 'string' ? read : null;
  const overrides = typeof read === 'string' ? undefined : read.overrides;
  const send = useMutation({
    mutationFn: () =>
      sendJson<Batch>('POST', apiPaths.retries(batch.id), orderOf(wish, overrides), { idempotencyKey: key }),
    onSuccess: (retried) => onSent(retried, count),
  });
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Retry ${requests}?`}
      description={`They go to ${batch.connection.name} once more, as attempt ${batch.attempts.length + 1} of this batch. What succeeded is kept, and so is what every attempt brought.`}
      footer={
        <>
          <Button data-autofocus onClick={onClose}>
            Leave as it is
          </Button>
          <Button
            type="submit"
            form={formId}
            look="accent"
            busy={send.isPending}
            reason={count === 0 ? 'Choose what is sent again.' : wrong}
          >
            Retry {requests}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        className="grid gap-4"
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          if (count > 0 && !wrong && !send.isPending) send.mutate();
        }}
      >
        <Which wish={wish} batch={batch} onChange={setWish} />
        <ChangeFields value={change} models={batch.models} error={wrong} onChange={setChange} />
        <Estimate batch={batch} count={count} isChanged={overrides !== undefined} />
        {send.error && (
          <Band tone="bad" title="Nothing was sent">
            {send.error.message}
          </Band>
        )}
      </form>
    </Dialog>
  );
}

function Which({
  wish,
  batch,
  onChange,
}: {
  wish: RetryWish;
  batch: Batch;
  onChange: (wish: RetryWish) => void;
}) {
  if ('customIds' in wish) return null;
  if ('group' in wish) {
    return (
      <p className="rounded-control border px-3 py-2 font-mono text-xs [overflow-wrap:anywhere]">
        {wish.pattern}
      </p>
    );
  }
  const toggle = (outcome: Retriable, on: boolean) =>
    onChange({
      outcomes: retriable.filter((one) => (one === outcome ? on : wish.outcomes.includes(one))),
    });
  return (
    <fieldset className="grid gap-2">
      <legend className="pb-2 font-medium text-sm">Which</legend>
      {openIn(batch.counts).map((outcome) => (
        <Checkbox
          key={outcome}
          className="flex items-center gap-2.5 text-sm"
          checked={wish.outcomes.includes(outcome)}
          onChange={(event) => toggle(outcome, event.target.checked)}
        >
          <span>
            {outcome} <Num value={batch.counts[outcome]} className="text-muted" />
          </span>
        </Checkbox>
      ))}
    </fieldset>
  );
}

function Estimate({ batch, count, isChanged }: { batch: Batch; count: number; isChanged: boolean }) {
  const amount = estimateOf(batch, count, isChanged);
  if (amount === null || batch.cost === null || count === 0) return null;
  return (
    <p className="text-pretty text-muted text-sm">
      About <Money amount={amount} currency={batch.cost.currency} className="text-ink" />
      {batch.cost.source === 'demo' ? ' at demo prices nobody pays' : ''}, if each costs what the{' '}
      <Num value={batch.counts.succeeded} /> that succeeded did on average.
    </p>
  );
}
