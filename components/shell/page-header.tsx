import type { ReactNode } from 'react';

/** Each page owns its header: a title, one line of meaning, at most three buttons. */
export function PageHeader({
  title,
  meaning,
  actions,
}: {
  title: string;
  meaning?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 pb-5">
      <div className="grid min-w-0 flex-1 basis-72 gap-0.5">
        <h1 className="font-semibold text-xl">{title}</h1>
        {meaning && <p className="text-pretty text-muted">{meaning}</p>}
      </div>
      {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
    </header>
  );
}
