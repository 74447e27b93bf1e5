import type { Batch, Counts } from '#lib/model/batch';
import { decimalToNano, nanoToDecimal } from '#lib/model/money';
import { isOver } from '#lib/model/phase';
import type { Outcome } from '#lib/model/result';
import type { Retry } from '#lib/model/retry.schema';

export const retriable = ['failed', 'expired', 'cancelled', 'missing'] as const;
export type Retriable = (typeof retriable)[number];

/** What a person wants to send once more: all of some outcomes, one error group, or rows chosen by hand. */
export type RetryWish =
  | { outcomes: Retriable[] }
  | { group: string; pattern: string; count: number }
  | { customIds: string[] };

export function openIn(counts: Counts): Retriable[] {
  return retriable.filter((outcome) => counts[outcome] > 0);
}

/** The failed ones; where none failed, all that did not succeed. */
export function usualWish(counts: Counts): RetryWish {
  return { outcomes: counts.failed > 0 ? ['failed'] : openIn(counts) };
}

export function countOf(wish: RetryWish, counts: Counts): number {
  if ('group' in wish) return wish.count;
  if ('customIds' in wish) return wish.customIds.length;
  return wish.outcomes.reduce((sum, outcome) => sum + counts[outcome], 0);
}

/** An answer that cannot be read counts as failed, and is sent again with them. */
export function orderOf(wish: RetryWish, overrides: Retry['overrides']): Retry {
  const changed = overrides === undefined ? {} : { overrides };
  if ('group' in wish) return { group: wish.group, ...changed };
  if ('customIds' in wish) return { customIds: wish.customIds, ...changed };
  const outcomes = wish.outcomes.flatMap((outcome): Outcome[] =>
    outcome === 'failed' ? ['failed', 'unparseable'] : [outcome],
  );
  return { outcomes, ...changed };
}

export function whyNotRetry({ phase, counts }: Pick<Batch, 'phase' | 'counts'>, mayOperate: boolean) {
  if (!mayOperate) return 'Your role may read batches, not send them.';
  if (!isOver(phase)) return 'It is not over yet. What did not succeed by then can be sent again.';
  return openIn(counts).length === 0 ? 'Every request succeeded.' : null;
}

/** What is set anew in every line; a sentence where that cannot be understood. */
export function overridesIn(model: string, json: string): { overrides: Retry['overrides'] } | string {
  const given: NonNullable<Retry['overrides']> = {};
  if (json.trim() !== '') {
    const read = parsed(json);
    if (read === null) return 'This is not a JSON object, such as {"max_tokens": 2048}.';
    const odd = Object.keys(read).find((name) => !/^[A-Za-z]\w{0,63}$/.test(name));
    if (odd !== undefined) return `“${odd}” cannot be the name of a parameter.`;
    Object.assign(given, read);
  }
  if (model.trim() !== '') given.model = model.trim();
  return { overrides: Object.keys(given).length === 0 ? undefined : given };
}

function parsed(json: string): NonNullable<Retry['overrides']> | null {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as NonNullable<Retry['overrides']>)
      : null;
  } catch {
    return null;
  }
}

/**
 * What so many requests would cost if each cost what those that succeeded did on average. Null where that says
 * nothing: no cost is known, it is that of several attempts, or what is sent changes.
 */
export function estimateOf(
  { cost, counts, attempts }: Pick<Batch, 'cost' | 'counts' | 'attempts'>,
  count: number,
  isChanged: boolean,
): string | null {
  const nano = cost && decimalToNano(cost.amount);
  if (!nano || isChanged || attempts.length > 1 || counts.succeeded === 0) return null;
  return nanoToDecimal(Math.round((nano / counts.succeeded) * count));
}
