import type { ReactNode } from 'react';
import { Mark } from './mark.tsx';

/** A page with one thing to say and a way on: not found, broken. */
export function MessagePage({
  code,
  title,
  children,
  actions,
}: {
  code: string;
  title: string;
  children: ReactNode;
  actions: ReactNode;
}) {
  return (
    <main className="mx-auto grid min-h-dvh max-w-md content-center gap-6 px-6 py-16">
      <Mark className="size-8" />
      <div className="grid gap-2">
        <p className="font-mono text-muted text-sm">{code}</p>
        <h1 className="font-semibold text-xl">{title}</h1>
        <div className="grid gap-2 text-pretty text-muted">{children}</div>
      </div>
      <div className="flex flex-wrap gap-2">{actions}</div>
    </main>
  );
}
