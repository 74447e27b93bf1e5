import { cn } from '#lib/cn';

/** Stands exactly where the thing will stand; says nothing. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden data-skeleton className={cn('breathe block rounded-bar bg-track', className)} />;
}
