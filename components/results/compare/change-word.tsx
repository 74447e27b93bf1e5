import {
  ArrowLeftRight,
  ArrowLeftToLine,
  ArrowRightToLine,
  CircleSlash,
  Equal,
  type LucideIcon,
  PencilLine,
} from 'lucide-react';
import { cn } from '#lib/cn';
import type { Change } from '#lib/model/comparison';
import { changeWords } from './change-words.ts';

const icons: Record<Change, LucideIcon> = {
  changed: PencilLine,
  outcome: ArrowLeftRight,
  same: Equal,
  unanswered: CircleSlash,
  onlyFirst: ArrowLeftToLine,
  onlySecond: ArrowRightToLine,
};

/** Icon and word: what is as it was stands back. */
export function ChangeWord({ change }: { change: Change }) {
  const Icon = icons[change];
  const tone = { changed: 'text-info', outcome: 'text-warn' }[change as string] ?? 'text-muted';
  return (
    <span className={cn('inline-flex items-center gap-1.5 whitespace-nowrap align-middle', tone)}>
      <Icon aria-hidden className="size-4 shrink-0" />
      {changeWords[change]}
    </span>
  );
}
