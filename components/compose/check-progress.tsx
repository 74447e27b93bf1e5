'use client';
import { Band } from '#components/ui/band';
import { Button } from '#components/ui/button';
import { useFormat } from '#components/ui/format-context';
import { Progress } from '#components/ui/progress';
import { formatBytes, formatDuration, formatNumber, formatPercent } from '#lib/format';
import type { Validation } from './use-validation.ts';

/** How far the check is, how fast it goes, and in one sentence how it ended. */
export function CheckProgress({ validation, onStop }: { validation: Validation; onStop: () => void }) {
  const format = useFormat();
  const { state, progress, rate, summary, error } = validation;
  if (state === 'failed') {
    return (
      <Band tone="bad" title="This file cannot be used.">
        {error}
      </Band>
    );
  }
  if (state === 'checking') {
    const percent = progress.total === 0 ? 0 : Math.floor((100 * progress.bytes) / progress.total);
    const left = rate ? ((progress.total - progress.bytes) / rate) * 1000 : null;
    return (
      <div className="grid gap-2">
        <Progress
          label="Checking the file"
          value={percent}
          segments={{ succeeded: progress.bytes, failed: 0, other: 0, total: progress.total || 1 }}
        />
        <div className="tabular flex items-center justify-between gap-3 text-muted text-sm">
          <span>
            Checking, {formatPercent(percent, format)}
            {rate !== null && ` · ${formatBytes(rate, format)}/s`}
            {left !== null && left >= 1_000 && ` · ${formatDuration(left)} left`}
          </span>
          <Button size="sm" look="ghost" onClick={onStop}>
            Stop
          </Button>
        </div>
      </div>
    );
  }
  if (!summary) return null;
  const requests = `${formatNumber(summary.requests, format)} ${summary.requests === 1 ? 'request' : 'requests'}`;
  if (summary.errors > 0) {
    const errors = `${formatNumber(summary.errors, format)} ${summary.errors === 1 ? 'error' : 'errors'}`;
    return (
      <Band
        tone="bad"
        title={summary.requests === 0 ? `${errors} and no request.` : `${errors} in ${requests}.`}
      >
        {summary.requests === 0
          ? 'No line of this file is a request. It has to be JSONL: one JSON object a line. A spreadsheet or a JSON list must be turned into that first.'
          : 'Nothing is sent until these lines are right. Fix the file and drop it again.'}
      </Band>
    );
  }
  if (summary.requests === 0) return <Band tone="bad" title="This file holds no requests." />;
  return (
    <Band tone="ok" title={`${requests}, every line is right.`}>
      {summary.warnings > 0 && 'The notes below do not keep it from being sent.'}
    </Band>
  );
}
