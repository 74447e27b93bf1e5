import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from '#lib/cn';
import { type Tone, toneText } from './badge.tsx';

const icons = { ok: CircleCheck, warn: TriangleAlert, bad: CircleAlert, info: Info, idle: Info };
const tints: Record<Tone, string> = {
  ok: 'bg-ok/8 border-ok/25',
  warn: 'bg-warn/8 border-warn/25',
  bad: 'bg-bad/8 border-bad/25',
  info: 'bg-info/8 border-info/25',
  idle: 'bg-idle/8 border-idle/25',
};

/** One band across: what happened, why, and what one can do. `bad` and `warn` speak up by themselves. */
export function Band({
  tone,
  title,
  children,
  actions,
  className,
}: {
  tone: Tone;
  title?: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
  className?: string;
}) {
  const Icon = icons[tone];
  return (
    <div
      role={tone === 'bad' || tone === 'warn' ? 'alert' : 'status'}
      className={cn(
        'flex flex-wrap items-start gap-x-3 gap-y-2 rounded-control border px-3 py-2.5 text-sm',
        tints[tone],
        className,
      )}
    >
      <Icon aria-hidden className={cn('mt-px size-4 shrink-0', toneText[tone])} />
      <div className="grid min-w-0 flex-1 basis-60 gap-0.5">
        {title && <p className="font-medium">{title}</p>}
        {children && <div className={cn('text-pretty', title ? 'text-muted' : 'text-ink')}>{children}</div>}
      </div>
      {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
    </div>
  );
}
