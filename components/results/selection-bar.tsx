'use client';
import { Button } from '#components/ui/button';
import { Num } from '#components/ui/num';

/** What can be done with the rows that are chosen. */
export function SelectionBar({
  count,
  onRetry,
  onClear,
}: {
  count: number;
  onRetry: () => void;
  onClear: () => void;
}) {
  if (count === 0) return null;
  return (
    <div
      role="toolbar"
      aria-label="Chosen results"
      className="flex flex-wrap items-center gap-2 rounded-control border bg-surface px-3 py-2 text-sm"
    >
      <span role="status" className="mr-auto">
        <Num value={count} /> chosen
      </span>
      <Button size="sm" onClick={onClear}>
        Choose none
      </Button>
      <Button size="sm" onClick={onRetry}>
        Retry chosen
      </Button>
    </div>
  );
}
