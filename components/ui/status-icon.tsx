import {
  Ban,
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CircleDot,
  CircleX,
  Clock,
  HelpCircle,
  type LucideIcon,
  TriangleAlert,
} from 'lucide-react';
import { cn } from '#lib/cn';
import { type Tone, toneText } from './badge.tsx';

export type StatusShape =
  | 'done'
  | 'partly'
  | 'failed'
  | 'working'
  | 'waiting'
  | 'stopped'
  | 'expired'
  | 'asking'
  | 'unknown';

const shapes: Record<StatusShape, LucideIcon> = {
  done: CircleCheck,
  partly: TriangleAlert,
  failed: CircleX,
  working: CircleDot,
  waiting: CircleDashed,
  stopped: Ban,
  expired: Clock,
  asking: CircleAlert,
  unknown: HelpCircle,
};

/** Icon and word in one color: the color alone never carries the meaning. */
export function StatusIcon({
  shape,
  tone,
  word,
  className,
}: {
  shape: StatusShape;
  tone: Tone;
  word: string;
  className?: string;
}) {
  const Icon = shapes[shape];
  return (
    <span
      className={cn(
        'inline-flex items-center gap-1.5 whitespace-nowrap font-medium',
        toneText[tone],
        className,
      )}
    >
      <Icon aria-hidden className={cn('size-4 shrink-0', shape === 'working' && 'breathe')} />
      {word}
    </span>
  );
}
