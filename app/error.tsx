'use client';
import { LinkButton } from '#components/shell/link-button';
import { MessagePage } from '#components/shell/message-page';
import { useFreshBuild } from '#components/shell/use-fresh-build';
import { Button } from '#components/ui/button';
import { paths } from '#lib/paths';

export default function ErrorPage({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  useFreshBuild(error);
  return (
    <MessagePage
      code="500"
      title="This page could not be drawn"
      actions={
        <>
          <Button look="accent" onClick={reset}>
            Try again
          </Button>
          <LinkButton href={paths.batches}>Batches</LinkButton>
        </>
      }
    >
      <p>The fault is ours. Batches that were sent go on: nothing about them depends on this page.</p>
      {error.digest && (
        <p>
          The server's log tells more at <code className="font-mono text-ink text-sm">{error.digest}</code>.
        </p>
      )}
    </MessagePage>
  );
}
