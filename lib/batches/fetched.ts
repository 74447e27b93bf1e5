import 'server-only';
import type { OverPhase } from '#lib/model/phase';
import type { PartRow } from '#lib/store/batches';

/** What reading the results of a part has come to so far. */
export type Fetched = {
  /** When its end was first seen. */
  endedAt: number | null;
  /** Of the last download that came whole. */
  sha256: string | null;
  lines: number;
  /** How many more looks results got that were announced and not there. */
  awaited: number;
  /** How many whole downloads differed from the one before. */
  differed: number;
  /** How many times in a row the provider said that they are not there any more. */
  missed: number;
  /** The best of the downloads that broke off, for the case that no other comes. */
  kept: { segments: string[]; lines: number; end: OverPhase } | null;
};

const nothing: Fetched = {
  endedAt: null,
  sha256: null,
  lines: 0,
  awaited: 0,
  differed: 0,
  missed: 0,
  kept: null,
};

export function fetchedOf({ fetched }: Pick<PartRow, 'fetched'>): Fetched {
  return fetched === null ? nothing : { ...nothing, ...(JSON.parse(fetched) as Partial<Fetched>) };
}
