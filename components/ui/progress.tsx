import { cn } from '#lib/cn';

export type Segments = { succeeded: number; failed: number; other: number; total: number };

const heights = { thin: 'h-1', md: 'h-1.5', lg: 'h-2.5' };

/** One bar: succeeded, failed (hatched), otherwise over, and the empty rest. `value` is 0–100. */
export function Progress({
  label,
  value,
  text,
  segments,
  size = 'md',
  className,
}: {
  label: string;
  value: number | null;
  /** What a screen reader hears instead of the bare percent. */
  text?: string;
  segments: Segments;
  size?: keyof typeof heights;
  className?: string;
}) {
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={value ?? undefined}
      aria-valuetext={text}
      className={cn('flex w-full gap-px overflow-hidden rounded-bar bg-track', heights[size], className)}
    >
      <Segment share={segments.succeeded / segments.total} className="bg-ok-bar" />
      <Segment share={segments.failed / segments.total} className="hatch-bad" />
      <Segment share={segments.other / segments.total} className="bg-idle-bar" />
    </div>
  );
}

/** A single failure among a million still gets its sliver. */
function Segment({ share, className }: { share: number; className: string }) {
  if (!(share > 0)) return null;
  return (
    <span
      className={cn('h-full min-w-[3px] transition-[width] duration-200', className)}
      style={{ width: `${share * 100}%` }}
    />
  );
}

/** For work nobody counts: time that passed against the time there is, in dashes. `elapsed` is 0–1. */
export function TimeBar({
  label,
  elapsed,
  text,
  size = 'md',
  className,
}: {
  label: string;
  elapsed: number | null;
  text: string;
  size?: keyof typeof heights;
  className?: string;
}) {
  const share = Math.min(1, Math.max(0, elapsed ?? 0));
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuetext={text}
      className={cn('relative flex w-full items-center', heights[size], className)}
    >
      <span className="absolute inset-x-0 h-px bg-line-strong" />
      <span className="dashes-time absolute left-0 h-1/2" style={{ width: `${share * 100}%` }} />
      <span
        className="absolute h-[calc(100%+4px)] w-0.5 rounded-full bg-info-bar"
        style={{ left: `min(${share * 100}%, 100% - 2px)` }}
      />
    </div>
  );
}
