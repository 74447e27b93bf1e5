import type { ReactNode } from 'react';
import { Mark } from '#components/shell/mark';

/** The quiet page around one form. */
export function AuthFrame({
  title,
  meaning,
  children,
}: {
  title: string;
  meaning: ReactNode;
  children: ReactNode;
}) {
  return (
    <main className="mx-auto grid min-h-dvh w-full max-w-[25rem] content-center gap-7 px-5 py-12">
      <p className="flex items-center gap-2.5 font-semibold text-lg tracking-tight">
        <Mark className="size-6" /> Batchdeck
      </p>
      <div className="grid gap-1.5">
        <h1 className="font-semibold text-xl">{title}</h1>
        <div className="text-pretty text-muted">{meaning}</div>
      </div>
      {children}
    </main>
  );
}
