'use client';
import { usePathname } from 'next/navigation';
import { Band } from '#components/ui/band';
import { ApiError } from '#lib/api-client';
import { paths } from '#lib/paths';
import { LinkButton } from './link-button.tsx';

/** What is shown stays, with the reason why it may be old and, where one can do something, what. */
export function StaleBand({ error }: { error: Error }) {
  const path = usePathname();
  if (error instanceof ApiError && error.status === 401) {
    return (
      <Band
        tone="warn"
        title="Your session has ended"
        className="mb-3"
        actions={
          <LinkButton href={paths.signIn(path)} size="sm">
            Sign in
          </LinkButton>
        }
      >
        What you see is from before. Sign in to follow it again.
      </Band>
    );
  }
  return (
    <Band tone="warn" title="This may be out of date" className="mb-3">
      {error.message} It is asked for again by itself.
    </Band>
  );
}
