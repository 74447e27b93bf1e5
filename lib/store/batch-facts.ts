import 'server-only';
import { type Batch, type BatchFacts, type Counts, progressOf } from '#lib/model/batch';
import { nanoToDecimal } from '#lib/model/money';
import { isOver } from '#lib/model/phase';
import type { ModelCost, ModelSpend } from '#lib/model/spend';
import type { Usage } from '#lib/model/usage';
import type { BatchRow } from './batches.ts';

/** What a row says about a batch, in the words of the model. */
export function factsOf(row: BatchRow): BatchFacts {
  const counts = countsOf(row, row.total, isOver(row.phase));
  return {
    name: row.name,
    phase: row.phase,
    models: JSON.parse(row.models) as string[],
    counts,
    countsAre: row.counts_are,
    progress: progressOf(row.phase, counts, row.counts_are, row.progress),
    times: {
      created: iso(row.created_at),
      submitted: isoOrNull(row.submitted_at),
      started: isoOrNull(row.started_at),
      finished: isoOrNull(row.finished_at),
      expires: isoOrNull(row.expires_at),
    },
    usage: row.usage === null ? null : (JSON.parse(row.usage) as Usage),
    cost: costOf(row),
    unpriced: row.unpriced,
    checkedAt: isoOrNull(row.checked_at),
  };
}

function costOf(row: BatchRow): Batch['cost'] {
  if (row.cost_nano === null || row.cost_source === null) return null;
  return {
    amount: nanoToDecimal(row.cost_nano),
    currency: row.cost_currency ?? 'USD',
    source: row.cost_source,
    saved: row.saved_nano === null ? null : nanoToDecimal(row.saved_nano),
  };
}

export function spentOf({ spent }: Pick<BatchRow, 'spent'>): ModelCost[] {
  const models = spent === null ? [] : (JSON.parse(spent) as ModelSpend[]);
  return models.map(({ costNano, listNano, ...model }) => ({
    ...model,
    cost: model.unpriced === model.answers ? null : nanoToDecimal(costNano),
    realTime: listNano === 0 ? null : nanoToDecimal(listNano),
  }));
}

type Counted = Pick<BatchRow, 'succeeded' | 'failed' | 'cancelled' | 'expired' | 'missing'>;

/** A provider may count more than it was given; pending never falls below nothing. */
export function countsOf(row: Counted, total: number, over: boolean): Counts {
  const { succeeded, failed, cancelled, expired, missing } = row;
  const settled = succeeded + failed + cancelled + expired + missing;
  const pending = over ? 0 : Math.max(0, total - settled);
  return { total, succeeded, failed, cancelled, expired, missing, pending };
}

export function iso(time: number): string {
  return new Date(time).toISOString();
}

export function isoOrNull(time: number | null): string | null {
  return time === null ? null : iso(time);
}
