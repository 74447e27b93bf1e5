import { useFormat } from '#components/ui/format-context';
import { Money } from '#components/ui/num';
import { formatNumber } from '#lib/format';
import type { Batch } from '#lib/model/batch';

/** What it cost and whose word that is. A price that is not known says so and is never nought. */
export function CostLine({ cost, unpriced }: Pick<Batch, 'cost' | 'unpriced'>) {
  const format = useFormat();
  if (!cost) return unpriced > 0 ? 'price not known' : null;
  return (
    <>
      {unpriced > 0 && 'at least '}
      <Money amount={cost.amount} currency={cost.currency} className="text-ink" />
      {sources[cost.source]}
      {cost.saved && (
        <>
          , <Money amount={cost.saved} currency={cost.currency} /> saved against real-time
        </>
      )}
      {unpriced > 0 && ` · ${formatNumber(unpriced, format)} answers without a known price`}
    </>
  );
}

const sources = { demo: ', a demo price nobody pays', estimate: ' by list prices', provider: '' };
