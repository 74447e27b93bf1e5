'use client';
import { useFormat } from '#components/ui/format-context';
import { cn } from '#lib/cn';
import { formatNumber } from '#lib/format';
import { type CodeCounts, type FindingCode, severityOf } from '#lib/model/finding';
import { findingTitles } from '#lib/model/finding-titles';

/** How many of each kind, all counted; one kind alone on request. */
export function FindingFilter({
  codes,
  only,
  onOnly,
}: {
  codes: CodeCounts;
  only: FindingCode | null;
  onOnly: (code: FindingCode | null) => void;
}) {
  const format = useFormat();
  const kinds = (Object.entries(codes) as [FindingCode, number][])
    .map(([code, count]) => ({ code, count, isError: severityOf(code) === 'error' }))
    .sort((a, b) => Number(b.isError) - Number(a.isError) || b.count - a.count);
  return (
    <fieldset className="flex flex-wrap items-center gap-1.5">
      <legend className="sr-only">Kinds of findings</legend>
      {kinds.map(({ code, count, isError }) => (
        <button
          key={code}
          type="button"
          aria-pressed={only === code}
          onClick={() => onOnly(only === code ? null : code)}
          className={cn(
            'inline-flex h-6.5 items-center gap-1.5 rounded-full border border-line-strong px-2.5 text-xs transition-colors hover:bg-hover',
            only === code && 'border-accent bg-accent/10 text-ink',
          )}
        >
          <span aria-hidden className={cn('size-1.5 rounded-full', isError ? 'bg-bad-bar' : 'bg-warn-bar')} />
          {findingTitles[code]}
          <span className="tabular text-muted">{formatNumber(count, format)}</span>
        </button>
      ))}
    </fieldset>
  );
}
