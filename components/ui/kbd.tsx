import { cn } from '#lib/cn';

/** A key, for the eye only: shortcuts stay out of accessible names. */
export function Kbd({ children, className }: { children: string; className?: string }) {
  return (
    <kbd
      aria-hidden
      className={cn(
        'inline-flex h-[18px] min-w-[18px] items-center justify-center rounded border border-current/25 px-1 font-mono text-[11px] leading-none',
        className,
      )}
    >
      {children}
    </kbd>
  );
}
