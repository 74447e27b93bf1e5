'use client';
import { Check } from 'lucide-react';
import { useFormat } from '#components/ui/format-context';
import { cn } from '#lib/cn';
import { formatExact } from '#lib/format';
import type { Batch } from '#lib/model/batch';
import { isOver } from '#lib/model/phase';
import { stageOf, stages } from './status-words.ts';

/** created ─ sent ─ accepted ─ running ─ collecting ─ done; what is still to come is dashed. */
export function StageLine({ batch }: { batch: Batch }) {
  const format = useFormat();
  const at = stageOf(batch.phase);
  const over = isOver(batch.phase);
  const times = [
    batch.times.created,
    batch.times.submitted,
    null,
    batch.times.started,
    null,
    batch.times.finished,
  ];
  return (
    <ol aria-label="Stages" className="flex items-start">
      {stages.map((stage, index) => {
        const time = index <= at ? times[index] : null;
        const behind = index < at || over;
        return (
          <li
            key={stage}
            aria-current={index === at ? 'step' : undefined}
            title={time ? `${stage} ${formatExact(time, format)}` : undefined}
            className={cn('relative grid justify-items-start gap-1.5 text-xs', index < 5 && 'flex-1')}
          >
            {index < 5 && (
              <span
                aria-hidden
                className={cn(
                  'absolute top-[6.5px] right-1.5 left-5 border-t',
                  index < at ? 'border-line-control' : 'border-line-strong border-dashed',
                )}
              />
            )}
            <Dot behind={behind} current={index === at && !over} />
            <span
              className={cn(
                'max-sm:sr-only',
                index === at ? 'font-medium text-ink max-sm:not-sr-only' : 'text-muted',
              )}
            >
              {index === 5 && over && batch.phase !== 'completed' ? batch.phase : stage}
            </span>
          </li>
        );
      })}
    </ol>
  );
}

function Dot({ behind, current }: { behind: boolean; current: boolean }) {
  if (behind) {
    return (
      <span className="grid size-3.5 place-items-center rounded-full bg-line-control text-canvas">
        <Check aria-hidden className="size-2.5" strokeWidth={3} />
        <span className="sr-only">done: </span>
      </span>
    );
  }
  return (
    <span
      className={cn(
        'grid size-3.5 place-items-center rounded-full border-2',
        current ? 'border-info-bar' : 'border-line-strong',
      )}
    >
      {current && <span className="breathe size-1.5 rounded-full bg-info-bar" />}
    </span>
  );
}
