'use client';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent } from 'react';
import { Band } from '#components/ui/band';
import { Button } from '#components/ui/button';
import { Dialog } from '#components/ui/dialog';
import { Skeleton } from '#components/ui/skeleton';
import { ResultView } from './result-view.tsx';
import { noFilter } from './shown-filter.ts';
import { resultQuery, type Source } from './source.ts';

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
  const move = (to: number | null | undefined) => (to == null ? undefined : () => onMove(to));
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.metaKey || event.ctrlKey || event.altKey) return;
    const to = { j: result?.next, k: result?.previous }[event.key];
    if (to != null) onMove(to);
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event);
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
  return (
    <Dialog
      open
      size="lg"
      onClose={onClose}
      title={result?.customId ?? `Result ${ordinal}`}
      footer={
        <>
          <Button reason={result?.previous == null && 'This is the first.'} onClick={move(result?.previous)}>
            Previous
          </Button>
          <Button reason={result?.next == null && 'This is the last.'} onClick={move(result?.next)}>
            Next
          </Button>
        </>
      }
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
