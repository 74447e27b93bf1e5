'use client';
import { Badge } from '#components/ui/badge';
import { useFormat } from '#components/ui/format-context';
import { StatusIcon } from '#components/ui/status-icon';
import { formatNumber } from '#lib/format';
import type { BatchSummary } from '#lib/model/batch';
import { isOver } from '#lib/model/phase';
import { wordsOf } from './phase-words.ts';

type Standing = Pick<BatchSummary, 'phase' | 'attention' | 'counts'>;

/** For headers: the state as a pill, and once it is over how many of how many succeeded. */
export function PhaseBadge({ batch }: { batch: Standing }) {
  const { shape, tone, word } = wordsOf(batch);
  const format = useFormat();
  const { succeeded, total } = batch.counts;
  return (
    <Badge tone={tone}>
      <StatusIcon shape={shape} tone={tone} word={word} className="gap-1.5" />
      {isOver(batch.phase) && total > 0 && (
        <span className="tabular font-normal">
          {formatNumber(succeeded, format)} / {formatNumber(total, format)} succeeded
        </span>
      )}
    </Badge>
  );
}

/** For rows, where the count has its own column: icon and word without the pill. */
export function PhaseWord({ batch, className }: { batch: Standing; className?: string }) {
  const { shape, tone, word } = wordsOf(batch);
  return <StatusIcon shape={shape} tone={tone} word={word} className={className} />;
}
