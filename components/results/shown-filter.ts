import { type Outcome, outcomes } from '#lib/model/result';

/** What the table is narrowed to; it stands in the address. */
export type ShownFilter = { outcome: Outcome | null; group: string | null };

export const noFilter: ShownFilter = { outcome: null, group: null };

export function shownFilterIn(param: (name: string) => string | null | undefined): ShownFilter {
  const outcome = outcomes.find((known) => known === param('outcome')) ?? null;
  return { outcome, group: param('group') || null };
}

/** The words of the address. */
export function wordsOf({ outcome, group }: ShownFilter): Record<string, string | null> {
  return { outcome, group };
}

/** What our API is asked. An answer that cannot be read counts as failed. */
export function askedBy({ outcome, group }: ShownFilter): Record<string, string | null> {
  return { outcome: outcome === 'failed' ? 'failed,unparseable' : outcome, group };
}

export function searchOf(params: Record<string, string | null>): string {
  const given = Object.entries(params).filter((pair): pair is [string, string] => pair[1] !== null);
  return new URLSearchParams(given).toString();
}
