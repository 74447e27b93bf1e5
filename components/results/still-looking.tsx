import type { ReactNode } from 'react';
import { Spinner } from '#components/ui/spinner';

/** What was found before stays while a question that takes longer is answered; of a quick one nothing is seen. */
export function StillLooking({ on, children }: { on: boolean; children: ReactNode }) {
  return (
    <div aria-busy={on} className="relative min-w-0">
      {children}
      {on && (
        <p className="appear absolute inset-x-0 top-12 z-20 mx-auto flex w-fit items-center gap-2 rounded-full bg-raised px-3 py-1.5 text-sm shadow-float [transition-delay:300ms]">
          <Spinner /> Looking through the whole batch…
        </p>
      )}
    </div>
  );
}
