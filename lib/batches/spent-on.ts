import 'server-only';
import type { Updateable } from 'kysely';
import { type ModelSpend, sumOf } from '#lib/model/spend';
import { providerFor } from '#lib/providers/registry';
import type { BatchRow, PartRow } from '#lib/store/batches';
import type { Schema } from '#lib/store/schema';

type Totals = { costNano: number | null; spent: ModelSpend[] };

/**
 * What a batch has cost, of all its answers together, so that none is counted twice. A provider's own bill wins over
 * what its lists say; what has no price is counted, and never nought.
 */
export function spentOn(
  { batch }: { batch: Pick<BatchRow, 'dialect' | 'preset'> },
  parts: Pick<PartRow, 'cost_nano'>[],
  { costNano, spent }: Totals,
): Updateable<Schema['batches']> {
  const billed = parts.flatMap(({ cost_nano }) => cost_nano ?? []);
  const cost = billed.length > 0 ? billed.reduce((sum, part) => sum + part, 0) : costNano;
  const unpriced = sumOf(spent, 'unpriced');
  const list = sumOf(spent, 'listNano');
  return {
    spent: JSON.stringify(spent),
    unpriced: billed.length > 0 ? 0 : unpriced,
    saved_nano: cost !== null && unpriced === 0 && list > cost ? list - cost : null,
    ...(billed.length > 0 || cost === null
      ? {}
      : { cost_nano: cost, cost_currency: 'USD', cost_source: sourceOf(batch) }),
  };
}

/** What stands on the lines themselves is a demo's; all else is reckoned from lists. */
function sourceOf({ dialect, preset }: Pick<BatchRow, 'dialect' | 'preset'>): 'demo' | 'estimate' {
  return providerFor(dialect, preset).capabilities.costSource === 'demo' ? 'demo' : 'estimate';
}
