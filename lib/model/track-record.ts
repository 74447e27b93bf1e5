/** A batch that has ended, as far as its time and its success are concerned. */
export type PastBatch = {
  total: number;
  succeeded: number;
  models: string[];
  /** From the first call to the last result, in ms; null where it did not run to its end. */
  took: number | null;
};

/** What batches alike have come to. */
export type PastRecord = {
  name: string;
  batches: number;
  /** Half of them took no longer, and nine of ten; null where none ran to its end. */
  median: number | null;
  p90: number | null;
  /** The share of their requests that succeeded. */
  success: number | null;
};

export type TrackRecord = { all: PastRecord | null; sizes: PastRecord[]; models: PastRecord[] };

const sizes: [number, string][] = [
  [100, 'up to 100 requests'],
  [1_000, 'up to 1,000'],
  [10_000, 'up to 10,000'],
  [100_000, 'up to 100,000'],
  [Number.POSITIVE_INFINITY, 'more than 100,000'],
];
const mostModels = 10;

/** How long it takes here, by size and by model. */
export function trackRecord(past: PastBatch[]): TrackRecord {
  const sized = Map.groupBy(past, ({ total }) => sizes.find(([most]) => total <= most)?.[1]);
  const bySize = sizes.flatMap(([, name]) => recordOf(name, sized.get(name) ?? []) ?? []);
  const byModel = [...Map.groupBy(past, modelOf)]
    .flatMap(([name, some]) => recordOf(name, some) ?? [])
    .sort((a, b) => b.batches - a.batches || a.name.localeCompare(b.name));
  return { all: recordOf('all', past), sizes: bySize, models: byModel.slice(0, mostModels) };
}

function modelOf({ models }: PastBatch): string {
  return models.length === 1 ? (models[0] ?? '') : models.length === 0 ? 'no model' : 'several models';
}

function recordOf(name: string, past: PastBatch[]): PastRecord | null {
  if (past.length === 0) return null;
  const took = past.flatMap((batch) => batch.took ?? []).sort((a, b) => a - b);
  const total = past.reduce((sum, batch) => sum + batch.total, 0);
  const succeeded = past.reduce((sum, batch) => sum + batch.succeeded, 0);
  return {
    name,
    batches: past.length,
    median: took.length === 0 ? null : quantile(took, 0.5),
    p90: took.length === 0 ? null : quantile(took, 0.9),
    success: total === 0 ? null : succeeded / total,
  };
}

/** Of numbers in ascending order. */
export function quantile(sorted: number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}
