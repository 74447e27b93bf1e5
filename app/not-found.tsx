import type { Metadata } from 'next';
import { LinkButton } from '#components/shell/link-button';
import { MessagePage } from '#components/shell/message-page';
import { paths } from '#lib/paths';

export const metadata: Metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <MessagePage
      code="404"
      title="There is nothing at this address"
      actions={
        <LinkButton href={paths.batches} look="accent">
          Batches
        </LinkButton>
      }
    >
      <p>
        A batch that stood here may have been deleted, or the address lost a few letters on its way to you. If
        it was a shared link, it may have expired or been revoked: ask the person who sent it for a new one.
      </p>
    </MessagePage>
  );
}
