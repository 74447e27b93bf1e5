'use client';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Band } from '#components/ui/band';
import { useFormat } from '#components/ui/format-context';
import { Skeleton } from '#components/ui/skeleton';
import { Time } from '#components/ui/time';
import { getJson } from '#lib/api-client';
import { cn } from '#lib/cn';
import { formatExact } from '#lib/format';
import type { Batch } from '#lib/model/batch';
import { isOver } from '#lib/model/phase';
import { apiPaths } from '#lib/paths';
import { type BatchEvent, eventWords, sourceOf } from './event-words.ts';
import { toCome } from './status-words.ts';

/** The story of the batch, newest first: what is to come, what happened, when, and whose word it was. */
export function Timeline({ batch }: { batch: Pick<Batch, 'id' | 'phase' | 'connection'> }) {
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
      {toCome(batch.phase).map((what) => (
        <Step key={what} when="to come" what={<span className="text-muted">{what}</span>} />
      ))}
      {[...data.items].reverse().map((event) => {
        const { what, detail } = eventWords(event);
        return (
          <Step
            key={event.seq}
            happened
            when={formatExact(event.at, format)}
            what={what}
            detail={detail}
            aside={
              <>
                {sourceOf(event, batch.connection.name)}
                <span data-noprint>
                  {' · '}
                  <Time at={event.at} />
                </span>
              </>
            }
          />
        );
      })}
    </ol>
  );
}

/** One line on the rail: a full dot for what happened, a hollow one for what is to come. */
function Step({
  when,
  what,
  detail = null,
  aside,
  happened = false,
}: {
  when: string;
  what: ReactNode;
  detail?: string | null;
  aside?: ReactNode;
  happened?: boolean;
}) {
  return (
    <li className="group relative grid gap-x-5 gap-y-0.5 py-2.5 pl-6 text-sm sm:grid-cols-[12.5rem_minmax(0,1fr)_auto]">
      <span
        aria-hidden
        className={cn(
          'absolute top-0 bottom-0 left-[5.5px] border-l group-first:top-4 group-last:bottom-auto group-last:h-4',
          happened ? 'border-line-strong' : 'border-line-strong border-dashed',
        )}
      />
      <span
        aria-hidden
        className={cn(
          'absolute top-[15px] left-[2px] size-2 rounded-full border',
          happened ? 'border-line-control bg-line-control' : 'border-line-control bg-canvas',
        )}
      />
      <span className="tabular text-muted">{when}</span>
      <span className="min-w-0 [overflow-wrap:anywhere]">
        {what}
        {detail && <span className="block text-muted [unicode-bidi:isolate]">{detail}</span>}
      </span>
      <span className="text-muted sm:text-right">{aside}</span>
    </li>
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
