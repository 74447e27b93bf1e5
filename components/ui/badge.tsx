import type { ReactNode } from 'react';
import { cn } from '#lib/cn';

export type Tone = 'ok' | 'warn' | 'bad' | 'info' | 'idle';

export const toneText: Record<Tone, string> = {
  ok: 'text-ok',
  warn: 'text-warn',
  bad: 'text-bad',
  info: 'text-info',
  idle: 'text-idle',
};
const toneTint: Record<Tone, string> = {
  ok: 'bg-ok/10',
  warn: 'bg-warn/10',
  bad: 'bg-bad/10',
  info: 'bg-info/10',
  idle: 'bg-idle/10',
};

/** A state in a word. Its icon says the same without the color. */
export function Badge({
  tone = 'idle',
  icon,
  className,
  children,
}: {
  tone?: Tone;
  icon?: ReactNode;
  className?: string;
  children: ReactNode;
}) {
  return (
    <span
      className={cn(
        'inline-flex h-[22px] items-center gap-1.5 whitespace-nowrap rounded-full px-2 font-medium text-xs [&_svg]:size-3.5 [&_svg]:shrink-0',
        toneText[tone],
        toneTint[tone],
        className,
      )}
    >
      {icon}
      {children}
    </span>
  );
}

/** A tag somebody gave: a word with a hairline, no status. */
export function Tag({ children }: { children: ReactNode }) {
  return (
    <span className="inline-flex h-[18px] items-center rounded-full border border-line px-1.5 text-muted text-xs">
      {children}
    </span>
  );
}
