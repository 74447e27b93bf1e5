'use client';
import type { ReactNode } from 'react';
import { Money, Num } from '#components/ui/num';
import { Time } from '#components/ui/time';
import type { SharedBatch } from './use-shared-batch.ts';

export function SharedFacts({ batch }: { batch: SharedBatch }) {
  const { counts, times, cost, usage, models } = batch;
  return (
    <dl className="flex flex-wrap gap-x-8 gap-y-3 text-sm">
      <Fact name="Requests">
        <Num value={counts.total} />
      </Fact>
      {models.length > 0 && <Fact name={models.length === 1 ? 'Model' : 'Models'}>{models.join(', ')}</Fact>}
      <Fact name="Created">
        <Time at={times.created} />
      </Fact>
      {times.finished && (
        <Fact name="Finished">
          <Time at={times.finished} />
        </Fact>
      )}
      {usage?.total != null && (
        <Fact name="Tokens">
          <Num value={usage.total} />
        </Fact>
      )}
      {cost && (
        <Fact name={cost.source === 'demo' ? 'Demo cost' : 'Cost'}>
          <Money amount={cost.amount} currency={cost.currency} />
        </Fact>
      )}
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid gap-0.5">
      <dt className="text-muted text-xs">{name}</dt>
      <dd className="tabular [overflow-wrap:anywhere]">{children}</dd>
    </div>
  );
}
