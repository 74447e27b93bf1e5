'use client';
import { StatusIcon } from '#components/ui/status-icon';
import { Time } from '#components/ui/time';
import type { Connection, ConnectionCheck } from '#lib/model/connection';
import { stateOf } from './state-words.ts';
import { useIsChecking } from './use-check.ts';

/** The state in a word, and under it what to know about it: else how old that knowledge is. */
export function ConnectionState({ connection }: { connection: Connection }) {
  const checking = useIsChecking(connection.id);
  const { word, tone, shape, text } = stateOf(connection);
  const { checked } = connection;
  return (
    <div className="grid min-w-0 gap-0.5">
      <p className="flex flex-wrap items-center gap-x-2.5 text-muted text-xs">
        <span className="flex text-sm">
          {checking ? (
            <StatusIcon shape="working" tone="info" word="checking" />
          ) : (
            <StatusIcon shape={shape} tone={tone} word={word} />
          )}
        </span>
        {checked && (text === null || text === checked.message) && <CheckAge checked={checked} />}
      </p>
      {text && (
        <p className="line-clamp-2 text-pretty text-muted text-xs [overflow-wrap:anywhere]" title={text}>
          {text}
        </p>
      )}
    </div>
  );
}

export function CheckAge({ checked }: { checked: ConnectionCheck }) {
  return (
    <span className="whitespace-nowrap">
      checked <Time at={checked.at} />
    </span>
  );
}

/** Which key pays. */
export function KeyWords({ connection: { key, baseUrl } }: { connection: Connection }) {
  if (!key) return baseUrl === '' ? 'needs no key' : 'no key';
  if (key.last4 === '') return 'key too short to show';
  return (
    <>
      key <span className="font-mono text-ink">…{key.last4}</span>
    </>
  );
}
