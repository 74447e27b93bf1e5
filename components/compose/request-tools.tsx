'use client';
import { ArrowDown, ArrowUp, CopyPlus, Plus, Trash2 } from 'lucide-react';
import { Button } from '#components/ui/button';
import { useFormat } from '#components/ui/format-context';
import { IconButton } from '#components/ui/icon-button';
import { Kbd } from '#components/ui/kbd';
import { cn } from '#lib/cn';
import { formatNumber } from '#lib/format';
import type { ListActions } from './request-list.tsx';

/** How many there are, and what can be done with those that are chosen. */
export function RequestTools({
  count,
  chosen,
  actions,
}: {
  count: number;
  chosen: number;
  actions: ListActions & { add: () => void };
}) {
  const format = useFormat();
  const what = chosen > 1 ? `${chosen} requests` : 'request';
  return (
    <div className="grid gap-2 border-b p-2">
      <div className="flex items-center justify-between gap-2 pl-1.5">
        <h2 className="truncate font-medium text-sm">
          {chosen > 1 ? `${formatNumber(chosen, format)} of ` : ''}
          {formatNumber(count, format)} {count === 1 ? 'request' : 'requests'}
        </h2>
        <div className={cn('flex', chosen === 0 && 'invisible')}>
          <IconButton
            label={`Duplicate ${what}`}
            size="sm"
            hint={<Kbd>Ctrl D</Kbd>}
            onClick={actions.duplicate}
          >
            <CopyPlus aria-hidden />
          </IconButton>
          <IconButton
            label={`Move ${what} up`}
            size="sm"
            hint={<Kbd>Alt ↑</Kbd>}
            onClick={() => actions.move(-1)}
          >
            <ArrowUp aria-hidden />
          </IconButton>
          <IconButton
            label={`Move ${what} down`}
            size="sm"
            hint={<Kbd>Alt ↓</Kbd>}
            onClick={() => actions.move(1)}
          >
            <ArrowDown aria-hidden />
          </IconButton>
          <IconButton label={`Delete ${what}`} size="sm" hint={<Kbd>Del</Kbd>} onClick={actions.remove}>
            <Trash2 aria-hidden />
          </IconButton>
        </div>
      </div>
      <Button icon={<Plus aria-hidden />} onClick={actions.add}>
        Add request
      </Button>
    </div>
  );
}
