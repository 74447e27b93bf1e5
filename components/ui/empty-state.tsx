import type { ReactNode } from 'react';
import { cn } from '#lib/cn';

/** Nothing here yet, and the one next thing to do about it. */
export function EmptyState({
  icon,
  title,
  children,
  action,
  className,
}: {
  icon?: ReactNode;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  className?: string;
}) {
  return (
    <div className={cn('mx-auto grid max-w-md justify-items-center gap-3 px-4 py-16 text-center', className)}>
      {icon && (
        <span className="grid size-11 place-items-center rounded-panel border border-line bg-surface text-muted [&_svg]:size-5">
          {icon}
        </span>
      )}
      <h2 className="font-semibold text-lg">{title}</h2>
      {children && <div className="text-pretty text-muted">{children}</div>}
      {action && <div className="mt-2 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  );
}
