'use client';
import { Share2 } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { Button } from '#components/ui/button';

const ShareDialog = lazy(() =>
  import('./share-dialog.tsx').then(({ ShareDialog: Dialog }) => ({ default: Dialog })),
);

/** The dialog is fetched when somebody wants it. */
export function ShareButton({
  batchId,
  batchName,
  mayOperate,
}: {
  batchId: string;
  batchName: string;
  mayOperate: boolean;
}) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        icon={<Share2 aria-hidden />}
        reason={!mayOperate && 'Your role may read batches, not share them.'}
        onClick={() => setOpen(true)}
      >
        Share
      </Button>
      {open && (
        <Suspense>
          <ShareDialog batchId={batchId} batchName={batchName} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
