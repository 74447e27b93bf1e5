'use client';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { LinkButton } from '#components/shell/link-button';
import { sendJson } from '#lib/api-client';
import { apiPaths, paths } from '#lib/paths';
import { AuthFrame } from './auth-frame.tsx';
import { CredentialsForm } from './credentials-form.tsx';

/** Two steps on one address: the account, then something to watch. */
export function SetupForm({ token, sample }: { token: string; sample: ReactNode }) {
  const [made, setMade] = useState(false);
  if (made) return <FirstBatch sample={sample} />;
  return (
    <AuthFrame
      title="Create the first account"
      meaning="It will be the admin of this install. The link that brought you here works once."
    >
      <CredentialsForm
        button="Create account"
        isNew
        send={async (credentials) => {
          await sendJson('POST', apiPaths.setup, { token, ...credentials });
          setMade(true);
        }}
      />
    </AuthFrame>
  );
}

function FirstBatch({ sample }: { sample: ReactNode }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.focus(), []);
  return (
    <AuthFrame
      title="You are in. Send something?"
      meaning="The sample is a small file of requests for the built-in Sandbox. It shows what answers look like: Markdown, code, a refusal, a few errors. It needs no key and costs nothing."
    >
      <div ref={place} tabIndex={-1} className="flex flex-wrap items-start gap-2 outline-none">
        {sample}
        <LinkButton href={paths.batches} size="lg" look="ghost">
          Skip to Batches
        </LinkButton>
      </div>
    </AuthFrame>
  );
}
