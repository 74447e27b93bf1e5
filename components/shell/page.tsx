import type { ReactNode } from 'react';
import { cn } from '#lib/cn';

/** The frame of a page in the shell: one measure, one margin. */
export function Page({ narrow = false, children }: { narrow?: boolean; children: ReactNode }) {
  return (
    <div
      className={cn(
        'mx-auto w-full px-4 pt-6 pb-16 md:px-8 md:pt-8',
        narrow ? 'max-w-3xl' : 'max-w-[1440px]',
      )}
    >
      {children}
    </div>
  );
}
