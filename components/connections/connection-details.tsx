'use client';
import { useQuery } from '@tanstack/react-query';
import { ArrowLeft } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import type { ReactNode } from 'react';
import { StaleBand } from '#components/shell/stale-band';
import { Badge, Tag } from '#components/ui/badge';
import { StatusIcon } from '#components/ui/status-icon';
import type { Connection } from '#lib/model/connection';
import { presetNamed } from '#lib/model/preset';
import { paths } from '#lib/paths';
import { CapabilityList } from './capability-list.tsx';
import { CheckButton } from './check-button.tsx';
import { ConnectionBand } from './connection-band.tsx';
import { ConnectionHistory } from './connection-history.tsx';
import { ConnectionMenu } from './connection-menu.tsx';
import type { Rights } from './connection-row.tsx';
import { CheckAge, KeyWords } from './connection-state.tsx';
import { ConnectionTerms } from './connection-terms.tsx';
import { dialectWord } from './dialect-words.ts';
import { connectionQuery } from './queries.ts';
import { stateOf } from './state-words.ts';
import { useIsChecking } from './use-check.ts';

/** One connection: its state on top, below it what its provider can do, on what terms, and what happened to it. */
export function ConnectionDetails({
  first,
  inUse,
  mayOperate,
  mayChange,
}: {
  first: Connection;
  /** Its unfinished batches and how long they take, drawn by the page. */
  inUse: ReactNode;
} & Rights) {
  const router = useRouter();
  const { data: connection, error } = useQuery({ ...connectionQuery(first.id), initialData: first });
  return (
    <>
      <header className="grid gap-2 pb-5">
        <Link
          href={paths.connections}
          className="inline-flex items-center gap-1.5 justify-self-start rounded-control text-muted text-sm transition-colors hover:text-ink"
        >
          <ArrowLeft aria-hidden className="size-3.5" /> Connections
        </Link>
        <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
          <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1.5">
            <h1 className="min-w-0 font-semibold text-xl [overflow-wrap:anywhere]">{connection.name}</h1>
            <StateBadge connection={connection} />
            {connection.setByFile.length > 0 && <Tag>set by file</Tag>}
          </div>
          <div className="flex flex-wrap gap-2">
            <CheckButton connection={connection} mayOperate={mayOperate} />
            {mayChange && (
              <ConnectionMenu
                connection={connection}
                look="quiet"
                size="md"
                onDeleted={() => router.push(paths.connections)}
              />
            )}
          </div>
        </div>
        <Strip connection={connection} />
      </header>
      <div className="grid gap-8">
        {error && <StaleBand error={error} />}
        <ConnectionBand connection={connection} mayChange={mayChange} />
        <div className="grid gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,1.4fr)_minmax(0,1fr)]">
          <CapabilityList capabilities={connection.capabilities} />
          <div className="grid content-start gap-8">
            <ConnectionTerms connection={connection} mayChange={mayChange} />
            {inUse}
            <ConnectionHistory id={connection.id} />
          </div>
        </div>
      </div>
    </>
  );
}

function StateBadge({ connection }: { connection: Connection }) {
  const checking = useIsChecking(connection.id);
  const { word, tone, shape } = checking
    ? ({ word: 'checking', tone: 'info', shape: 'working' } as const)
    : stateOf(connection);
  return (
    <Badge tone={tone}>
      <StatusIcon shape={shape} tone={tone} word={word} />
    </Badge>
  );
}

function Strip({ connection }: { connection: Connection }) {
  const { preset, dialect, baseUrl, key, checked } = connection;
  return (
    <p className="text-muted [overflow-wrap:anywhere]">
      {presetNamed(preset)?.title ?? preset} · {dialectWord(dialect)}
      {baseUrl !== '' && (
        <>
          {' · '}
          <span className="font-mono text-sm">{baseUrl}</span>
        </>
      )}
      {key && (
        <>
          {' · '}
          <KeyWords connection={connection} />
        </>
      )}
      {checked && (
        <>
          {' · '}
          <CheckAge checked={checked} />
        </>
      )}
    </p>
  );
}
