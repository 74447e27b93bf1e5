'use client';
import type { ReactNode } from 'react';
import { useFormat } from '#components/ui/format-context';
import { Progress } from '#components/ui/progress';
import { formatBytes, formatDuration, formatPercent } from '#lib/format';

/** A bar with percent, rate and time left. */
export function Pace({
  label,
  word,
  done,
  total,
  rate,
  children,
}: {
  label: string;
  word: string;
  done: number;
  total: number;
  /** Bytes a second; null before there is anything to go by. */
  rate: number | null;
  children?: ReactNode;
}) {
  const format = useFormat();
  const percent = total === 0 ? 0 : Math.floor((100 * done) / total);
  const leftMs = rate ? ((total - done) / rate) * 1000 : null;
  return (
    <div className="grid gap-2">
      <Progress
        label={label}
        value={percent}
        segments={{ succeeded: done, failed: 0, other: 0, total: total || 1 }}
      />
      <div className="tabular flex min-h-7 items-center justify-between gap-3 text-muted text-sm">
        <span>
          {word}, {formatPercent(percent, format)}
          {rate !== null && ` · ${formatBytes(rate, format)}/s`}
          {leftMs !== null && leftMs >= 1_000 && ` · ${formatDuration(leftMs)} left`}
        </span>
        {children}
      </div>
    </div>
  );
}
