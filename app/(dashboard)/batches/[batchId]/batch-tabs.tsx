'use client';
import { useQueryClient } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { type ReactNode, useCallback } from 'react';
import { BatchDetails } from '#components/batches/batch-details';
import { resultScreenQuery } from '#components/results/result-in-place';
import { ResultsPanel } from '#components/results/results-panel';
import { useShownCounts } from '#components/results/use-shown-counts';
import { type RetryWish, whyNotRetry } from '#components/retries/retry-wish';
import { useUrlParam } from '#components/shell/use-url-param';
import { EmptyState } from '#components/ui/empty-state';
import { useFormat } from '#components/ui/format-context';
import { TabPanel, Tabs } from '#components/ui/tabs';
import { formatNumber } from '#lib/format';
import type { Batch } from '#lib/model/batch';
import { isOver } from '#lib/model/phase';

const GroupsPanel = dynamic(() => import('#components/results/groups-panel').then((m) => m.GroupsPanel));
const ReconciliationPanel = dynamic(() =>
  import('#components/results/reconciliation-panel').then((m) => m.ReconciliationPanel),
);
const ChartsPanel = dynamic(() => import('#components/charts/charts-panel').then((m) => m.ChartsPanel));
const Timeline = dynamic(() => import('#components/batches/timeline').then((m) => m.Timeline));

const tabs = ['Results', 'Error groups', 'Reconciliation', 'Charts', 'Timeline', 'Details'] as const;
type Tab = (typeof tabs)[number];

const wordOf = (name: Tab) => name.toLowerCase().replace(' ', '-');

/** What came back and what happened, each under its own address. */
export function BatchTabs({
  batch,
  mayOperate,
  onRetry,
  edition,
  onOpen,
}: {
  batch: Batch;
  mayOperate: boolean;
  /** Which results there are now. */
  edition: string;
  /** Opens the result at this address in place. */
  onOpen: (href: string) => void;
  onRetry: (wish: RetryWish) => void;
}) {
  const format = useFormat();
  const client = useQueryClient();
  const loadScreen = useCallback(() => void client.prefetchQuery(resultScreenQuery), [client]);
  const openRow = useCallback((_: unknown, href: string) => onOpen(href), [onOpen]);
  const [word, setWord] = useUrlParam('tab');
  const [, setOutcome] = useUrlParam('outcome');
  const [, setGroup] = useUrlParam('group');
  const tab = tabs.find((name) => wordOf(name) === word) ?? 'Results';
  const open = (next: string) => setWord(next === wordOf('Results') ? null : next);
  const isRetry = batch.attempts.length > 1;
  const shownCounts = useShownCounts(batch, edition);
  const reason = whyNotRetry(batch, mayOperate);
  const hasResults = isOver(batch.phase) || isRetry;
  const badgeOf = (name: Tab) =>
    name === 'Results' && hasResults ? formatNumber(batch.counts.total, format) : undefined;
  const mayChoose = mayOperate && isOver(batch.phase);
  return (
    <Tabs
      label="About this batch"
      value={wordOf(tab)}
      onChange={open}
      items={tabs.map((name) => ({ value: wordOf(name), label: name, badge: badgeOf(name) }))}
      className="min-w-0 pt-2"
    >
      <Panel name="Results" className="pt-5">
        <ResultsPanel
          source={{ batchId: batch.id, edition }}
          phase={batch.phase}
          attention={batch.attention}
          isRetry={isRetry}
          counts={shownCounts}
          demo={batch.cost?.source === 'demo'}
          onOpen={openRow}
          onNear={loadScreen}
          onRetry={mayChoose ? (customIds) => onRetry({ customIds }) : undefined}
        />
      </Panel>
      <Panel name="Error groups" className="pt-5">
        {hasResults ? (
          <GroupsPanel
            batchId={batch.id}
            edition={edition}
            reason={reason}
            onShow={({ key }) => {
              setOutcome(null);
              setGroup(key);
              open(wordOf('Results'));
            }}
            onRetry={({ key, pattern, code, outcome, count }) =>
              onRetry({ group: key, pattern: pattern || code || outcome, count })
            }
          />
        ) : (
          <NotYet>What went wrong, and how often, stands here when the batch is over.</NotYet>
        )}
      </Panel>
      <Panel name="Reconciliation" className="pt-5">
        {hasResults ? (
          <ReconciliationPanel
            batchId={batch.id}
            edition={edition}
            retryMissing={{ reason, go: () => onRetry({ outcomes: ['missing'] }) }}
          />
        ) : (
          <NotYet>When the batch is over, what was sent is held against what came back.</NotYet>
        )}
      </Panel>
      <Panel name="Charts" className="pt-5">
        <ChartsPanel batch={batch} edition={edition} hasResults={hasResults} />
      </Panel>
      <Panel name="Timeline" className="pt-3">
        <Timeline batch={batch} />
      </Panel>
      <Panel name="Details" className="pt-3">
        <BatchDetails batch={batch} />
      </Panel>
    </Tabs>
  );
}

function Panel({ name, className, children }: { name: Tab; className: string; children: ReactNode }) {
  return (
    <TabPanel value={wordOf(name)} className={className}>
      <section aria-label={name}>{children}</section>
    </TabPanel>
  );
}

function NotYet({ children }: { children: string }) {
  return <EmptyState title="Not yet">{children}</EmptyState>;
}
