'use client';
import { useQuery } from '@tanstack/react-query';
import { StepButtons, useStepKeys } from '#components/results/steps';
import { Band } from '#components/ui/band';
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
  useStepKeys(found, onMove);
  return (
    <Dialog
      open
      size="wide"
      onClose={onClose}
      title={found?.customId ?? 'Loading'}
      description={found && <ChangeWord change={found.change} />}
      footer={<StepButtons ways={found} onMove={onMove} />}
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
