'use client';
import { useQuery } from '@tanstack/react-query';
import { Band } from '#components/ui/band';
import { Dialog } from '#components/ui/dialog';
import { Skeleton } from '#components/ui/skeleton';
import { ResultView } from './result-view.tsx';
import { noFilter } from './shown-filter.ts';
import { resultQuery, type Source } from './source.ts';
import { StepButtons, useStepKeys } from './steps.tsx';

/** One result over the table, where there is no page of its own for it. */
export function ResultDialog({
  source,
  ordinal,
  demo,
  onMove,
  onClose,
}: {
  source: Source;
  ordinal: number;
  demo: boolean;
  onMove: (ordinal: number) => void;
  onClose: () => void;
}) {
  const query = useQuery({ ...resultQuery(source, ordinal, noFilter), placeholderData: (before) => before });
  const result = query.data;
  useStepKeys(result, onMove);
  return (
    <Dialog
      open
      size="lg"
      onClose={onClose}
      title={result?.customId ?? `Result ${ordinal}`}
      footer={<StepButtons ways={result} onMove={onMove} />}
    >
      {query.isError && (
        <Band tone="bad" title="This result could not be read">
          {query.error.message}
        </Band>
      )}
      {query.isPending && <Skeleton className="h-40" />}
      {result && <ResultView key={result.ordinal} result={result} demo={demo} />}
    </Dialog>
  );
}
