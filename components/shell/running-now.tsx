'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { Progress, TimeBar } from '#components/ui/progress';
import { getJson } from '#lib/api-client';
import type { BatchSummary } from '#lib/model/batch';
import { apiPaths, paths } from '#lib/paths';

type Page = { items: BatchSummary[]; total: number };

/** What is running now: up to three, with thin bars. Silent while nothing is. */
export function RunningNow() {
  const { data } = useQuery({
    queryKey: ['batches', 'running-now'],
    queryFn: ({ signal }) => getJson<Page>(`${apiPaths.batches}?view=running&limit=3`, { signal }),
    refetchInterval: (query) => (query.state.data?.items.length ? 5_000 : 30_000),
  });
  if (!data || data.items.length === 0) return null;
  return (
    <section aria-label="Running now" className="grid gap-1">
      <h2 className="px-2 text-muted text-xs">Running now</h2>
      <ul>
        {data.items.map((batch) => (
          <li key={batch.id}>
            <Link
              href={paths.batch(batch.id)}
              className="grid gap-1.5 rounded-control px-2 py-1.5 text-sm transition-colors hover:bg-hover"
            >
              <span className="truncate">{batch.name}</span>
              <ThinBar batch={batch} />
            </Link>
          </li>
        ))}
      </ul>
      {data.total > 3 && (
        <Link href={`${paths.batches}?view=running`} className="px-2 text-muted text-xs hover:text-ink">
          and {data.total - 3} more
        </Link>
      )}
    </section>
  );
}

function ThinBar({ batch }: { batch: BatchSummary }) {
  const { counts, progress, times } = batch;
  if (progress === null) {
    const from = Date.parse(times.submitted ?? times.created);
    const span = times.expires ? Date.parse(times.expires) - from : 24 * 3_600_000;
    const elapsed = (Date.now() - from) / span;
    return <TimeBar size="thin" label={`Time of ${batch.name}`} elapsed={elapsed} text="counts at the end" />;
  }
  return (
    <Progress
      size="thin"
      label={`Progress of ${batch.name}`}
      value={progress}
      segments={{
        succeeded: counts.succeeded,
        failed: counts.failed,
        other: counts.cancelled + counts.expired + counts.missing,
        total: counts.total,
      }}
    />
  );
}
