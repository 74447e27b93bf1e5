'use client';
import { useQuery } from '@tanstack/react-query';
import { Skeleton } from '#components/ui/skeleton';
import { Time } from '#components/ui/time';
import { connectionEventWords } from './connection-event-words.ts';
import { connectionEventsQuery } from './queries.ts';
import { Section } from './section.tsx';

const most = 12;
const ourselves = new Set(['clock', 'provisioning', 'setup']);

/** Who did what to it, newest first. */
export function ConnectionHistory({ id }: { id: string }) {
  const { data, error } = useQuery(connectionEventsQuery(id));
  return (
    <Section title="History">
      {error && <p className="py-2 text-bad text-sm">{error.message}</p>}
      {!data && !error && <Waiting />}
      <ol>
        {data
          ?.slice(-most)
          .reverse()
          .map((event) => (
            <li key={event.seq} className="flex flex-wrap justify-between gap-x-4 border-b py-2 text-sm">
              <span className="min-w-0 [overflow-wrap:anywhere]">{connectionEventWords(event)}</span>
              <span className="text-muted text-xs leading-5">
                {ourselves.has(event.actor) ? 'Batchdeck' : event.actor} · <Time at={event.at} />
              </span>
            </li>
          ))}
      </ol>
    </Section>
  );
}

function Waiting() {
  return (
    <div aria-hidden>
      {['a', 'b', 'c'].map((row) => (
        <div key={row} className="border-b py-3">
          <Skeleton className="h-3.5" />
        </div>
      ))}
    </div>
  );
}
