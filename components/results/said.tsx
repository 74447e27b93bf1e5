import type { ReactNode } from 'react';
import { cn } from '#lib/cn';

/** What one side said, with who said it in the margin. */
export function Said({
  who,
  answer = false,
  children,
}: {
  who: string;
  answer?: boolean;
  children: ReactNode;
}) {
  return (
    <section
      aria-label={who}
      className="grid gap-x-6 gap-y-2 border-b py-5 last:border-b-0 md:grid-cols-[6.5rem_minmax(0,1fr)]"
    >
      <h2 className={cn('text-sm', answer ? 'font-semibold text-accent' : 'font-medium text-muted')}>
        {who}
      </h2>
      <div className="grid max-w-[46rem] gap-4 text-base">{children}</div>
    </section>
  );
}
