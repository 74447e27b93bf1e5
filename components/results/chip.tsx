'use client';
import { Num } from '#components/ui/num';
import { cn } from '#lib/cn';

/** A word with its count that narrows what is shown while it is pressed. */
export function Chip({
  on,
  onClick,
  onNear,
  word,
  count,
}: {
  on: boolean;
  onClick: () => void;
  /** Soon it might be pressed. */
  onNear?: () => void;
  word: string;
  count: number;
}) {
  return (
    <button
      type="button"
      aria-pressed={on}
      onClick={onClick}
      onPointerEnter={onNear}
      onFocus={onNear}
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
