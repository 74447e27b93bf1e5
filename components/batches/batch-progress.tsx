'use client';
import { useFormat, useNow } from '#components/ui/format-context';
import { Progress, TimeBar } from '#components/ui/progress';
import { formatDuration, formatNumber } from '#lib/format';
import { type BatchSummary, settledOf } from '#lib/model/batch';
import { isOver } from '#lib/model/phase';

export type Progressing = Pick<BatchSummary, 'phase' | 'counts' | 'countsAre' | 'progress' | 'times'>;

/** One bar for work that is counted, another texture for time where the provider counts only at the end. */
export function BatchProgress({
  batch,
  label = 'Progress',
  size = 'md',
  className,
}: {
  batch: Progressing;
  label?: string;
  size?: 'thin' | 'md' | 'lg';
  className?: string;
}) {
  const format = useFormat();
  const now = useNow();
  if (countsAtTheEnd(batch)) {
    const { words, share } = timeUsed(batch, now);
    return <TimeBar label={label} size={size} elapsed={share} text={words} className={className} />;
  }
  const { counts } = batch;
  const text = [
    `${formatNumber(counts.succeeded, format)} of ${formatNumber(counts.total, format)} succeeded`,
    counts.failed > 0 ? `${formatNumber(counts.failed, format)} failed` : '',
    counts.pending > 0 ? `${formatNumber(counts.pending, format)} to go` : '',
  ];
  return (
    <Progress
      label={label}
      size={size}
      value={batch.progress}
      text={text.filter(Boolean).join(', ')}
      segments={{
        succeeded: counts.succeeded,
        failed: counts.failed,
        other: counts.cancelled + counts.expired + counts.missing,
        total: counts.total,
      }}
      className={className}
    />
  );
}

/** Running, and nobody will say how far before it is done. */
export function countsAtTheEnd(batch: Progressing): boolean {
  return batch.progress === null && !isOver(batch.phase) && settledOf(batch.counts) === 0;
}

/** `40 min of at most 24 h`, and the same as a share of the window where there is one. */
export function timeUsed(batch: Progressing, now: number): { words: string; share: number | null } {
  const { submitted, created, expires } = batch.times;
  const from = Date.parse(submitted ?? created);
  const used = formatDuration(now - from);
  if (!expires) return { words: `${used} so far`, share: null };
  const window = Date.parse(expires) - from;
  return {
    words: `${used} of at most ${formatDuration(Math.round(window / 60_000) * 60_000)}`,
    share: (now - from) / window,
  };
}
