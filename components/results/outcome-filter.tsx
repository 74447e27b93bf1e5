'use client';
import { Num } from '#components/ui/num';
import { cn } from '#lib/cn';
import type { Counts } from '#lib/model/batch';
import type { Outcome } from '#lib/model/result';

const shown = ['succeeded', 'failed', 'expired', 'cancelled', 'missing'] as const;

/** Chips that narrow the table to one outcome; what did not happen is not offered. */
export function OutcomeFilter({
  counts,
  value,
  onChange,
}: {
  counts: Counts;
  value: Outcome | null;
  onChange: (outcome: Outcome | null) => void;
}) {
  const choices = shown.filter((outcome) => counts[outcome] > 0);
  if (choices.length < 2) return null;
  return (
    <fieldset data-noprint className="flex flex-wrap gap-1.5">
      <legend className="sr-only">Show</legend>
      <Chip on={value === null} onClick={() => onChange(null)} word="All" count={counts.total} />
      {choices.map((outcome) => (
        <Chip
          key={outcome}
          on={value === outcome}
          onClick={() => onChange(outcome)}
          word={outcome}
          count={counts[outcome]}
        />
      ))}
    </fieldset>
  );
}

function Chip({
  on,
  onClick,
  word,
  count,
}: {
  on: boolean;
  onClick: () => void;
  word: string;
  count: number;
}) {
  return (
    <button
      type="button"
      aria-pressed={on}
      onClick={onClick}
      className={cn(
        'flex h-7 items-center gap-1.5 rounded-full border px-2.5 text-sm transition-colors',
        on ? 'border-accent/50 bg-accent/10 font-medium' : 'text-muted hover:bg-hover hover:text-ink',
      )}
    >
      {word}
      <Num value={count} className="text-muted text-xs" />
    </button>
  );
}
