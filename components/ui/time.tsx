'use client';
import { formatAge, formatExact, formatRelative } from '#lib/format';
import { useFormat, useNow } from './format-context.tsx';

/** A time in words that tick, with the exact one on hover. */
export function Time({ at, short = false, className }: { at: string; short?: boolean; className?: string }) {
  const format = useFormat();
  const now = useNow();
  return (
    <time dateTime={at} title={formatExact(at, format)} className={className}>
      {short ? formatAge(at, now) : formatRelative(at, now, format)}
    </time>
  );
}
