'use client';
import type { Counts } from '#lib/model/batch';
import type { Outcome } from '#lib/model/result';
import { Chip } from './chip.tsx';

const shown = ['succeeded', 'failed', 'expired', 'cancelled', 'missing'] as const;

/** Chips that narrow the table to one outcome; what did not happen is not offered. */
export function OutcomeFilter({
  counts,
  value,
  onChange,
  onNear,
}: {
  counts: Counts;
  value: Outcome | null;
  onChange: (outcome: Outcome | null) => void;
  onNear: (outcome: Outcome | null) => void;
}) {
  const choices = shown.filter((outcome) => counts[outcome] > 0);
  if (choices.length < 2) return null;
  return (
    <fieldset data-noprint className="flex flex-wrap gap-1.5">
      <legend className="sr-only">Show</legend>
      <Chip
        on={value === null}
        onClick={() => onChange(null)}
        onNear={() => onNear(null)}
        word="All"
        count={counts.total}
      />
      {choices.map((outcome) => (
        <Chip
          key={outcome}
          on={value === outcome}
          onClick={() => onChange(outcome)}
          onNear={() => onNear(outcome)}
          word={outcome}
          count={counts[outcome]}
        />
      ))}
    </fieldset>
  );
}
