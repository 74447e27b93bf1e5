'use client';
import { Chip } from '#components/results/chip';
import { type Change, changes } from '#lib/model/comparison';
import { changeWords } from './change-words.ts';

/** Chips that narrow the list to one kind of change; what did not happen is not offered. */
export function ChangeFilter({
  counts,
  value,
  onChange,
}: {
  counts: Record<Change, number>;
  value: Change | null;
  onChange: (change: Change | null) => void;
}) {
  const all = changes.reduce((sum, change) => sum + counts[change], 0);
  return (
    <fieldset className="flex flex-wrap gap-1.5">
      <legend className="sr-only">Show</legend>
      <Chip on={value === null} onClick={() => onChange(null)} word="All" count={all} />
      {changes
        .filter((change) => counts[change] > 0 || change === value)
        .map((change) => (
          <Chip
            key={change}
            on={value === change}
            onClick={() => onChange(change)}
            word={changeWords[change]}
            count={counts[change]}
          />
        ))}
    </fieldset>
  );
}
