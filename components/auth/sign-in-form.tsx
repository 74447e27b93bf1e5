'use client';
import { sendJson } from '#lib/api-client';
import { apiPaths } from '#lib/paths';
import { CredentialsForm } from './credentials-form.tsx';

export function SignInForm({ next }: { next: string }) {
  return (
    <CredentialsForm
      button="Sign in"
      isNew={false}
      send={async (credentials) => {
        await sendJson('POST', apiPaths.session, credentials);
        // A whole new page, so that what was drawn for nobody is gone.
        location.assign(next);
      }}
    />
  );
}
