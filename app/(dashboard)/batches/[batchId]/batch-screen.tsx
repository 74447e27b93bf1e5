'use client';
import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Announcer } from '#components/batches/announcer';
import { AttentionBand } from '#components/batches/attention-band';
import { BatchHeader } from '#components/batches/batch-header';
import { BatchStatus } from '#components/batches/batch-status';
import { NoticeList } from '#components/batches/notice-list';
import { useBatch } from '#components/batches/use-batch';
import { ExportMenu } from '#components/results/export-menu';
import { RetryButton } from '#components/retries/retry-button';
import type { RetryWish } from '#components/retries/retry-wish';
import { ShareButton } from '#components/shares/share-button';
import { StaleBand } from '#components/shell/stale-band';
import type { Batch } from '#lib/model/batch';
import { BatchTabs } from './batch-tabs.tsx';

const Retrying = dynamic(() => import('./retrying.tsx').then((m) => m.Retrying));

/** One batch: its state on top, and below it what came back, what happened, and what is known. */
export function BatchScreen({ first, mayOperate }: { first: Batch; mayOperate: boolean }) {
  const watched = useBatch(first);
  const { batch } = watched;
  const router = useRouter();
  const [wish, setWish] = useState<RetryWish | null>(null);
  return (
    <>
      <Announcer batch={batch} />
      <BatchHeader
        batch={batch}
        mayOperate={mayOperate}
        onAgain={async () => router.push(await (await import('./compose-again.ts')).composeAgain(batch))}
        share={<ShareButton batchId={batch.id} batchName={batch.name} mayOperate={mayOperate} />}
        whenOver={
          <>
            <ExportMenu batchId={batch.id} label="Download">
              Every request, as files
            </ExportMenu>
            <RetryButton batch={batch} mayOperate={mayOperate} onRetry={setWish} />
          </>
        }
      />
      <div className="grid gap-4">
        {watched.trouble && <StaleBand error={watched.trouble} />}
        <AttentionBand batch={batch} mayOperate={mayOperate} />
        <NoticeList batch={batch} />
        <BatchStatus watched={watched} />
        <BatchTabs batch={batch} mayOperate={mayOperate} onRetry={setWish} />
      </div>
      {wish && <Retrying batch={batch} wish={wish} onClose={() => setWish(null)} />}
    </>
  );
}
