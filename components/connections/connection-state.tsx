'use client';
import { StatusIcon } from '#components/ui/status-icon';
import { Time } from '#components/ui/time';
import type { Connection } from '#lib/model/connection';
import { stateOf } from './state-words.ts';
import { useIsChecking } from './use-check.ts';

/** The state in a word, and under it what to know about it. */
export function ConnectionState({ connection }: { connection: Connection }) {
  const checking = useIsChecking(connection.id);
  const { word, tone, shape, text } = stateOf(connection);
  return (
    <div className="grid min-w-0 gap-0.5">
      {checking ? (
        <StatusIcon shape="working" tone="info" word="checking" />
      ) : (
        <StatusIcon shape={shape} tone={tone} word={word} />
      )}
      {text && !checking && (
        <p className="line-clamp-2 text-pretty text-muted text-xs [overflow-wrap:anywhere]" title={text}>
          {text}
        </p>
      )}
    </div>
  );
}

/** Which key pays, and how old the last look at it is. */
export function KeyLine({ connection }: { connection: Connection }) {
  const { key, baseUrl, checked } = connection;
  return (
    <div className="grid min-w-0 gap-0.5 text-muted text-xs">
      <p>{key ? <KeyWords last4={key.last4} /> : baseUrl === '' ? 'needs no key' : 'no key'}</p>
      <p>
        {checked ? (
          <>
            checked <Time at={checked.at} />
          </>
        ) : (
          'not checked yet'
        )}
      </p>
    </div>
  );
}

export function KeyWords({ last4 }: { last4: string }) {
  return last4 === '' ? (
    <>key too short to show</>
  ) : (
    <>
      key <span className="font-mono text-ink">…{last4}</span>
    </>
  );
}
