import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { notFound } from 'next/navigation';
import { Mark } from '#components/shell/mark';
import { Time } from '#components/ui/time';
import { deps } from '#lib/context';
import { isMachine, noteView } from '#lib/shares/note-view';
import { openShare } from '#lib/shares/open-share';
import { SharedView } from './shared-view.tsx';

/** The same for every link: a chat program that draws a card for it learns nothing. */
export const metadata: Metadata = {
  title: 'A shared batch',
  robots: { index: false, follow: false, noarchive: true },
  referrer: 'no-referrer',
};

export default async function SharePage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const open = await openShare(deps(), token);
  if (!open) notFound();
  if (isMachine(await headers())) return <p>Somebody shared a batch with you. Open the link to see it.</p>;
  await noteView(deps(), token);
  const { share, batch } = open;
  return (
    <main className="mx-auto grid min-h-dvh w-full max-w-[960px] grid-rows-[1fr_auto] gap-12 px-4 pt-10 pb-8 md:px-8 md:pt-16">
      <SharedView
        token={token}
        first={batch}
        share={{ scope: share.scope, redactPrompts: share.redactPrompts }}
      />
      <footer className="flex flex-wrap items-center gap-x-3 gap-y-1 border-t pt-4 text-muted text-xs">
        <Mark className="size-4" />
        <span>
          shared by {share.sharedBy}
          {share.expiresAt && (
            <>
              {' '}
              · ends <Time at={share.expiresAt} />
            </>
          )}
        </span>
      </footer>
    </main>
  );
}
