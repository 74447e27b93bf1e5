import type { ReactNode } from 'react';

export function SettingRow({
  name,
  help,
  children,
}: {
  name: string;
  help?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-t py-3">
      <div className="grid min-w-0 gap-0.5">
        <p className="font-medium text-sm">{name}</p>
        {help && <p className="text-pretty text-muted text-sm">{help}</p>}
      </div>
      {children}
    </div>
  );
}

export function SettingGroup({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="pb-9">
      <h2 className="pb-2.5 font-semibold text-lg">{title}</h2>
      <div className="border-b">{children}</div>
    </section>
  );
}
