'use client';
import { Fact, Facts } from '#components/ui/facts';
import { Money, Num } from '#components/ui/num';
import { Time } from '#components/ui/time';
import type { BatchFacts } from '#lib/model/batch';

export function SharedFacts({ batch }: { batch: BatchFacts }) {
  const { counts, times, cost, unpriced, usage, models } = batch;
  return (
    <Facts>
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
          {unpriced > 0 && 'at least '}
          <Money amount={cost.amount} currency={cost.currency} />
        </Fact>
      )}
      {!cost && unpriced > 0 && <Fact name="Cost">not known</Fact>}
    </Facts>
  );
}
