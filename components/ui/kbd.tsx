import { cn } from '#lib/cn';

/** A key, for the eye only. It is drawn rather than written, so that it stays out of every name. */
export function Kbd({ children, className }: { children: string; className?: string }) {
  return (
    <kbd
      aria-hidden
      data-key={children}
      className={cn(
        'before:content-[attr(data-key)] inline-flex h-[18px] min-w-[18px] items-center justify-center rounded-sm border border-current/25 px-1 font-mono text-[11px] leading-none',
        className,
      )}
    />
  );
}
