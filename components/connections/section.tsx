import type { ReactNode } from 'react';

/** A titled group of rows on a connection's page. */
export function Section({
  title,
  aside,
  children,
}: {
  title: string;
  aside?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section aria-label={title}>
      <div className="flex h-9 items-center justify-between gap-3">
        <h2 className="font-semibold text-base">{title}</h2>
        {aside}
      </div>
      <div className="border-t">{children}</div>
    </section>
  );
}

export function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid gap-x-5 gap-y-0.5 border-b py-2 text-sm sm:grid-cols-[10rem_minmax(0,1fr)]">
      <dt className="text-muted">{name}</dt>
      <dd className="text-pretty [overflow-wrap:anywhere]">{children}</dd>
    </div>
  );
}
