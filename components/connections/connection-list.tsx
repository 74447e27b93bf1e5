'use client';
import { useQuery } from '@tanstack/react-query';
import { Plug } from 'lucide-react';
import { PageHeader } from '#components/shell/page-header';
import { StaleBand } from '#components/shell/stale-band';
import { EmptyState } from '#components/ui/empty-state';
import type { Connection } from '#lib/model/connection';
import { AddConnection } from './add-connection.tsx';
import { ConnectionRow, type Rights } from './connection-row.tsx';
import { connectionListQuery } from './queries.ts';

/** Where requests can go, which key pays, and what needs somebody. */
export function ConnectionList({
  first,
  renderedAt,
  mayOperate,
  mayChange,
}: { first: Connection[]; renderedAt: number } & Rights) {
  const { data, error } = useQuery({
    ...connectionListQuery,
    initialData: first,
    initialDataUpdatedAt: renderedAt,
  });
  const taken = data.map(({ name }) => name);
  return (
    <>
      <PageHeader
        title="Connections"
        meaning="Where requests go and which key pays. Keys are sealed: nobody sees them again, here or in a log."
        actions={<AddConnection mayChange={mayChange} taken={taken} />}
      />
      {error && <StaleBand error={error} />}
      {data.length === 0 ? (
        <EmptyState icon={<Plug aria-hidden />} title="No connections">
          {mayChange
            ? 'Add the provider you have a key for, or the sandbox, which needs none.'
            : 'Only an admin may add one. Ask for the provider you need.'}
        </EmptyState>
      ) : (
        <ul aria-label="Connections" className="border-t">
          {data.map((connection) => (
            <ConnectionRow
              key={connection.id}
              connection={connection}
              mayOperate={mayOperate}
              mayChange={mayChange}
            />
          ))}
        </ul>
      )}
    </>
  );
}
