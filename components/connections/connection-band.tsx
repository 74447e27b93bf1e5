'use client';
import { useState } from 'react';
import { Band } from '#components/ui/band';
import { Button } from '#components/ui/button';
import { Time } from '#components/ui/time';
import type { Connection } from '#lib/model/connection';
import { keyReason, useResume } from './connection-menu.tsx';
import { ReplaceKeyDialog } from './replace-key-dialog.tsx';
import { isKeyRefused, stateOf } from './state-words.ts';

const onlyAdmins = 'Only an admin may change a connection.';

/** One band when something needs a person, with the one thing to do about it. */
export function ConnectionBand({ connection, mayChange }: { connection: Connection; mayChange: boolean }) {
  const [replacing, setReplacing] = useState(false);
  const resume = useResume(connection);
  const { word, tone, text } = stateOf(connection);
  if (text === null) return null;
  const { paused, locked, checked } = connection;
  return (
    <>
      <Band
        tone={tone}
        title={word === 'locked' ? 'It cannot be used now' : undefined}
        actions={
          word === 'paused' ? (
            <Button
              size="sm"
              busy={resume.isPending}
              reason={!mayChange && onlyAdmins}
              onClick={() => resume.mutate()}
            >
              Resume
            </Button>
          ) : isKeyRefused(connection) && locked === null ? (
            <Button
              size="sm"
              reason={mayChange ? keyReason(connection) : onlyAdmins}
              onClick={() => setReplacing(true)}
            >
              Replace key
            </Button>
          ) : null
        }
      >
        {text}
        {word === 'paused' && paused && <When at={paused.at} />}
        {word === 'last check failed' && checked && <When at={checked.at} />}
      </Band>
      {replacing && <ReplaceKeyDialog connection={connection} onClose={() => setReplacing(false)} />}
    </>
  );
}

function When({ at }: { at: string }) {
  return (
    <span className="text-muted">
      {' '}
      (<Time at={at} />)
    </span>
  );
}
