'use client';
import { useQuery } from '@tanstack/react-query';
import { Band } from '#components/ui/band';
import { Skeleton } from '#components/ui/skeleton';
import type { Batch } from '#lib/model/batch';
import { outcomeBars } from './bars.ts';
import { momentsOf, wasFollowed } from './moments.ts';
import { OutcomeChart } from './outcome-chart.tsx';
import { ProgressChart } from './progress-chart.tsx';
import { outcomesQuery, progressQuery } from './queries.ts';
import { TimeChart } from './time-chart.tsx';
import { TokenCharts } from './token-charts.tsx';

/** The batch at one glance: how it went on, how it ended, and how large its requests were. */
export function ChartsPanel({
  batch,
  edition,
  hasResults,
}: {
  batch: Batch;
  edition: string;
  hasResults: boolean;
}) {
  return (
    <div className="grid gap-10">
      <OverTime batch={batch} />
      {hasResults ? (
        <OfResults batchId={batch.id} edition={edition} />
      ) : (
        <p className="text-muted text-sm">
          Outcomes by error group and tokens per request stand here when the batch is over.
        </p>
      )}
    </div>
  );
}

function OverTime({ batch }: { batch: Batch }) {
  const { data, error } = useQuery(progressQuery(batch));
  if (error) return <Band tone="bad">{error.message}</Band>;
  if (!data) return <Skeleton className="h-72" />;
  return wasFollowed(data.items, batch) ? (
    <ProgressChart moments={momentsOf(data.items, batch)} total={batch.counts.total} />
  ) : (
    <TimeChart batch={batch} />
  );
}

function OfResults({ batchId, edition }: { batchId: string; edition: string }) {
  const { data, error } = useQuery(outcomesQuery(batchId, edition));
  if (error) return <Band tone="bad">{error.message}</Band>;
  if (!data) return <Skeleton className="h-72" />;
  const { facets, groups, ways } = data;
  return (
    <>
      <OutcomeChart bars={outcomeBars(facets, groups, ways)} total={facets.total} />
      <TokenCharts histograms={facets.histograms} />
    </>
  );
}
