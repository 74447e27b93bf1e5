'use client';
import dynamic from 'next/dynamic';
import { Announcer } from '#components/batches/announcer';
import { AttentionBand } from '#components/batches/attention-band';
import { BatchDetails } from '#components/batches/batch-details';
import { BatchHeader } from '#components/batches/batch-header';
import { BatchStatus } from '#components/batches/batch-status';
import { NoticeList } from '#components/batches/notice-list';
import { useBatch } from '#components/batches/use-batch';
import { ResultsPanel } from '#components/results/results-panel';
import { ShareButton } from '#components/shares/share-button';
import { StaleBand } from '#components/shell/stale-band';
import { useUrlParam } from '#components/shell/use-url-param';
import { useFormat } from '#components/ui/format-context';
import { TabPanel, Tabs } from '#components/ui/tabs';
import { formatNumber } from '#lib/format';
import type { Batch } from '#lib/model/batch';
import { isOver } from '#lib/model/phase';

const Timeline = dynamic(() => import('#components/batches/timeline').then((m) => m.Timeline));

const tabs = ['Results', 'Timeline', 'Details'];

/** One batch: its state on top, and below it what came back, what happened, and what is known. */
export function BatchScreen({ first, mayOperate }: { first: Batch; mayOperate: boolean }) {
  const watched = useBatch(first);
  const { batch } = watched;
  const format = useFormat();
  const [word, setWord] = useUrlParam('tab');
  const tab = tabs.find((name) => name.toLowerCase() === word) ?? 'Results';
  return (
    <>
      <Announcer batch={batch} />
      <BatchHeader
        batch={batch}
        mayOperate={mayOperate}
        share={<ShareButton batchId={batch.id} batchName={batch.name} mayOperate={mayOperate} />}
      />
      <div className="grid gap-4">
        {watched.trouble && <StaleBand error={watched.trouble} />}
        <AttentionBand batch={batch} mayOperate={mayOperate} />
        <NoticeList batch={batch} />
        <BatchStatus watched={watched} />
        <Tabs
          label="About this batch"
          value={tab}
          onChange={(name) => setWord(name === 'Results' ? null : name.toLowerCase())}
          items={tabs.map((name) => ({
            value: name,
            label: name,
            badge:
              name === 'Results' && isOver(batch.phase)
                ? formatNumber(batch.counts.total, format)
                : undefined,
          }))}
          className="pt-2"
        >
          <TabPanel value="Results" className="pt-5">
            <section aria-label="Results">
              <ResultsPanel
                source={{ batchId: batch.id }}
                phase={batch.phase}
                counts={batch.counts}
                demo={batch.cost?.source === 'demo'}
              />
            </section>
          </TabPanel>
          <TabPanel value="Timeline" className="pt-3">
            <section aria-label="Timeline">
              <Timeline batch={batch} />
            </section>
          </TabPanel>
          <TabPanel value="Details" className="pt-3">
            <section aria-label="Details">
              <BatchDetails batch={batch} />
            </section>
          </TabPanel>
        </Tabs>
      </div>
    </>
  );
}
