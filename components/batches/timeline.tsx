'use client';
import { useQuery } from '@tanstack/react-query';
import { Band } from '#components/ui/band';
import { useFormat } from '#components/ui/format-context';
import { Skeleton } from '#components/ui/skeleton';
import { Time } from '#components/ui/time';
import { getJson } from '#lib/api-client';
import { formatExact } from '#lib/format';
import type { Batch } from '#lib/model/batch';
import { isOver } from '#lib/model/phase';
import { apiPaths } from '#lib/paths';
import { type BatchEvent, eventWords } from './event-words.ts';

/** The story of the batch, newest first: what happened, when, by whom. */
export function Timeline({ batch }: { batch: Pick<Batch, 'id' | 'phase'> }) {
  const format = useFormat();
  const { data, error } = useQuery({
    queryKey: ['batches', 'events', batch.id, batch.phase],
    queryFn: ({ signal }) => getJson<{ items: BatchEvent[] }>(apiPaths.events(batch.id), { signal }),
    refetchInterval: isOver(batch.phase) ? false : 5_000,
    placeholderData: (before) => before,
  });
  if (error) return <Band tone="bad">{error.message}</Band>;
  if (!data) return <Waiting />;
  return (
    <ol className="max-w-3xl">
      {[...data.items].reverse().map((event) => {
        const { what, detail } = eventWords(event);
        return (
          <li
            key={event.seq}
            className="grid gap-x-5 gap-y-0.5 border-b py-2.5 text-sm sm:grid-cols-[11rem_minmax(0,1fr)_auto]"
          >
            <span className="tabular text-muted">{formatExact(event.at, format)}</span>
            <span className="min-w-0 [overflow-wrap:anywhere]">
              {what}
              {detail && <span className="block text-muted [unicode-bidi:isolate]">{detail}</span>}
            </span>
            <span className="text-muted sm:text-right">
              {event.actor === 'clock' ? 'Batchdeck' : event.actor} · <Time at={event.at} />
            </span>
          </li>
        );
      })}
    </ol>
  );
}

function Waiting() {
  return (
    <div aria-hidden className="grid max-w-3xl">
      {['a', 'b', 'c', 'd'].map((row) => (
        <Skeleton key={row} className="my-3 h-4" />
      ))}
    </div>
  );
}
