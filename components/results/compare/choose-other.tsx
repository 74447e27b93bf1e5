'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { type ReactNode, useState } from 'react';
import { Band } from '#components/ui/band';
import { EmptyState } from '#components/ui/empty-state';
import { Num } from '#components/ui/num';
import { SearchField } from '#components/ui/search-field';
import { Skeleton } from '#components/ui/skeleton';
import { Time } from '#components/ui/time';
import type { OtherBatch } from '#lib/model/comparison';
import { paths } from '#lib/paths';
import { othersQuery } from './queries.ts';

/** What a batch can be compared with: another one, those first that share the most with it, or an attempt of its own. */
export function ChooseOther({ batchId, attempts }: { batchId: string; attempts: number[] }) {
  const [q, setQ] = useState('');
  const query = useQuery({ ...othersQuery(batchId, q), placeholderData: (before) => before });
  const others = query.data?.items ?? [];
  return (
    <div className="grid max-w-3xl gap-6">
      {attempts.length > 1 && <OwnAttempts batchId={batchId} attempts={attempts} />}
      <section aria-label="Other batches" className="grid gap-3">
        <SearchField label="Search batches" placeholder="name, model, tag, id" value={q} onSearch={setQ} />
        {query.isError && <Band tone="bad">{query.error.message}</Band>}
        {query.isPending && <Skeleton className="h-24" />}
        {query.isSuccess && others.length === 0 && (
          <EmptyState title={q === '' ? 'No other batch has results yet' : 'No batch matches'}>
            A batch can be compared once it has results.
          </EmptyState>
        )}
        {others.length > 0 && (
          <Choices label="Batches to compare with">
            {others.map((other) => (
              <Choice key={other.id} href={paths.compare(batchId, { with: other.id })} name={other.name}>
                <About other={other} />
              </Choice>
            ))}
          </Choices>
        )}
      </section>
    </div>
  );
}

function About({ other: { models, requests, created, why } }: { other: OtherBatch }) {
  return (
    <>
      <span className="text-ink">{why}</span> · {models.length > 0 && `${models.slice(0, 2).join(', ')} · `}
      <Num value={requests} /> {requests === 1 ? 'request' : 'requests'} · <Time at={created} />
    </>
  );
}

function OwnAttempts({ batchId, attempts }: { batchId: string; attempts: number[] }) {
  const own = { with: batchId };
  return (
    <section aria-label="Attempts of this batch" className="grid gap-3">
      <h2 className="font-medium">Attempts of this batch</h2>
      <Choices label="Attempts to compare">
        <Choice href={paths.compare(batchId, { ...own, attempt: 1 })} name="Attempt 1 and what is shown now">
          what all retries have changed
        </Choice>
        {attempts.slice(1).map((n) => (
          <Choice
            key={n}
            href={paths.compare(batchId, { ...own, attempt: 1, withAttempt: n })}
            name={`Attempt 1 and attempt ${n}`}
          >
            only what was sent again then
          </Choice>
        ))}
      </Choices>
    </section>
  );
}

function Choices({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ul
      aria-label={label}
      className="overflow-hidden rounded-panel border bg-surface [&>li:not(:last-child)]:border-b"
    >
      {children}
    </ul>
  );
}

function Choice({ href, name, children }: { href: string; name: string; children: ReactNode }) {
  return (
    <li>
      <Link
        href={href}
        prefetch={false}
        className="grid gap-0.5 px-4 py-2.5 -outline-offset-2 transition-colors hover:bg-hover"
      >
        <span className="font-medium [overflow-wrap:anywhere]">{name}</span>
        <span className="text-muted text-sm [overflow-wrap:anywhere]">{children}</span>
      </Link>
    </li>
  );
}
