'use client';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent } from 'react';
import { Band } from '#components/ui/band';
import { Button } from '#components/ui/button';
import { Dialog } from '#components/ui/dialog';
import { Skeleton } from '#components/ui/skeleton';
import type { ComparedSide } from '#lib/model/comparison';
import { ChangeWord } from './change-word.tsx';
import type { Comparing } from './compare-words.ts';
import { PairAnswers } from './pair-answers.tsx';
import { pairQuery } from './queries.ts';

/** One pair over the list; `j` and `k` go on within what the list shows. */
export function PairDialog({
  batchId,
  comparing,
  pair,
  sides,
  onMove,
  onClose,
}: {
  batchId: string;
  comparing: Comparing;
  pair: number;
  sides: { first: ComparedSide; second: ComparedSide };
  onMove: (pair: number) => void;
  onClose: () => void;
}) {
  const query = useQuery({ ...pairQuery(batchId, comparing, pair), placeholderData: (before) => before });
  const found = query.data;
  const move = (to: number | null | undefined) => (to == null ? undefined : () => onMove(to));
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.metaKey || event.ctrlKey || event.altKey) return;
    const to = { j: found?.next, k: found?.previous }[event.key];
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
      size="wide"
      onClose={onClose}
      title={found?.customId ?? 'Loading'}
      description={found && <ChangeWord change={found.change} />}
      footer={
        <>
          <Button reason={found?.previous == null && 'This is the first.'} onClick={move(found?.previous)}>
            Previous
          </Button>
          <Button
            data-autofocus
            reason={found?.next == null && 'This is the last.'}
            onClick={move(found?.next)}
          >
            Next
          </Button>
        </>
      }
    >
      {query.isError && (
        <Band tone="bad" title="This pair could not be read">
          {query.error.message}
        </Band>
      )}
      {query.isPending && <Skeleton className="h-40" />}
      {found && <PairAnswers key={found.pair} pair={found} sides={sides} />}
    </Dialog>
  );
}
