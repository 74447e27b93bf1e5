'use client';
import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { Activity, useState } from 'react';
import { Announcer } from '#components/batches/announcer';
import { AttentionBand } from '#components/batches/attention-band';
import { BatchHeader } from '#components/batches/batch-header';
import { BatchStatus } from '#components/batches/batch-status';
import { NoticeList } from '#components/batches/notice-list';
import { useBatch, type Watched } from '#components/batches/use-batch';
import { ExportMenu } from '#components/results/export-menu';
import { ResultInPlace } from '#components/results/result-in-place';
import { RetryButton } from '#components/retries/retry-button';
import type { RetryWish } from '#components/retries/retry-wish';
import { ShareButton } from '#components/shares/share-button';
import { StaleBand } from '#components/shell/stale-band';
import type { Batch } from '#lib/model/batch';
import { isOver } from '#lib/model/phase';
import { BatchTabs } from './batch-tabs.tsx';
import { useResultPlace } from './use-result-place.ts';

const Retrying = dynamic(() => import('./retrying.tsx').then((m) => m.Retrying));

/** One batch, or in its place one of its results. */
export function BatchScreen({ first, mayOperate }: { first: Batch; mayOperate: boolean }) {
  const watched = useBatch(first);
  const { batch } = watched;
  const { id, name, counts, cost, connection, parts } = batch;
  const [ordinal, go] = useResultPlace(id);
  // What is shown changes with every part that ends, and only then.
  const edition = `${parts.filter(({ phase }) => isOver(phase)).length} of ${parts.length}`;
  return (
    <>
      <Activity mode={ordinal === null ? 'visible' : 'hidden'}>
        <Overview watched={watched} mayOperate={mayOperate} edition={edition} onOpen={go} />
      </Activity>
      {ordinal !== null && (
        <ResultInPlace
          key={ordinal}
          batch={{ id, name, total: counts.total, demo: cost?.source === 'demo' }}
          source={{ batchId: id, edition }}
          connectionId={connection.id}
          ordinal={ordinal}
          onGo={go}
        />
      )}
    </>
  );
}

type OverviewProps = {
  watched: Watched;
  mayOperate: boolean;
  edition: string;
  onOpen: (href: string) => void;
};

/** Its state on top, and below it what came back, what happened, and what is known. */
function Overview({ watched, mayOperate, edition, onOpen }: OverviewProps) {
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
        <BatchTabs {...{ batch, mayOperate, edition, onOpen }} onRetry={setWish} />
      </div>
      {wish && <Retrying batch={batch} wish={wish} onClose={() => setWish(null)} />}
    </>
  );
}
