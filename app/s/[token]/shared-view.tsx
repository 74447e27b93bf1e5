'use client';
import dynamic from 'next/dynamic';
import { BatchProgress, countsAtTheEnd, timeUsed } from '#components/batches/batch-progress';
import { PhaseBadge } from '#components/batches/phase-badge';
import { ResultsPanel } from '#components/results/results-panel';
import { SharedFacts } from '#components/shares/shared-facts';
import { useSharedBatch } from '#components/shares/use-shared-batch';
import { useUrlParam } from '#components/shell/use-url-param';
import { Badge } from '#components/ui/badge';
import { Band } from '#components/ui/band';
import { useFormat, useNow } from '#components/ui/format-context';
import { Menu, MenuLink } from '#components/ui/menu';
import { StatusIcon } from '#components/ui/status-icon';
import { formatNumber } from '#lib/format';
import { isOver } from '#lib/model/phase';
import type { SharedBatch, ShareScope } from '#lib/model/share';
import { apiPaths, sharedExportNames } from '#lib/paths';

const ResultDialog = dynamic(() => import('#components/results/result-dialog').then((m) => m.ResultDialog));

/** Where one batch stands, for whoever has the link. */
export function SharedView({
  token,
  first,
  share,
}: {
  token: string;
  first: SharedBatch;
  share: { scope: ShareScope; redactPrompts: boolean };
}) {
  const { batch, ended } = useSharedBatch(token, first);
  const [open, setOpen] = useUrlParam('r');
  const source = { shareToken: token };
  return (
    <div className="grid gap-6">
      {ended && (
        <Band tone="warn" title="This link has ended">
          This is where the batch stood last; its results are closed. Ask the person who sent it for a new
          one.
        </Band>
      )}
      <header className="grid gap-3">
        <div className="flex flex-wrap items-center justify-between gap-3">
          <h1 className="text-pretty font-semibold text-2xl [overflow-wrap:anywhere]">{batch.name}</h1>
          {share.scope === 'downloads' && isOver(batch.phase) && !ended && (
            <Menu label="Download">
              {sharedExportNames
                .filter((name) => !share.redactPrompts || name !== 'input.jsonl')
                .map((name) => (
                  <MenuLink key={name} href={apiPaths.sharedExport(token, name)} download>
                    {name}
                  </MenuLink>
                ))}
            </Menu>
          )}
        </div>
        <SharedStatus batch={batch} />
      </header>
      <SharedFacts batch={batch} />
      {share.scope !== 'status' && !ended && (
        <section aria-label="Results">
          <ResultsPanel
            source={source}
            phase={batch.phase}
            attention={batch.waits ? 'needs_decision' : null}
            counts={batch.counts}
            demo={batch.cost?.source === 'demo'}
            onOpen={({ ordinal }) => setOpen(String(ordinal))}
          />
        </section>
      )}
      {share.scope !== 'status' && open && !ended && /^[1-9]\d{0,9}$/.test(open) && (
        <ResultDialog
          source={source}
          demo={batch.cost?.source === 'demo'}
          ordinal={Number(open)}
          onMove={(ordinal) => setOpen(String(ordinal))}
          onClose={() => setOpen(null)}
        />
      )}
    </div>
  );
}

function SharedStatus({ batch }: { batch: SharedBatch }) {
  return (
    <section aria-label="Status" className="grid gap-3">
      <div role="status" className="flex">
        {batch.waits ? (
          <Badge tone="warn">
            <StatusIcon shape="waiting" tone="warn" word="waits for a decision" />
          </Badge>
        ) : (
          <PhaseBadge batch={{ ...batch, attention: null }} />
        )}
      </div>
      <BatchProgress batch={batch} label="Progress" size="lg" />
      <Tally batch={batch} />
    </section>
  );
}

function Tally({ batch }: { batch: SharedBatch }) {
  const format = useFormat();
  const now = useNow();
  const { counts } = batch;
  const isTimed = countsAtTheEnd(batch) && !batch.waits;
  const said = isTimed
    ? `${timeUsed(batch, now).words} · the provider counts only at the end`
    : (['succeeded', 'failed', 'expired', 'cancelled', 'missing'] as const)
        .filter((name) => counts[name] > 0 || name === 'succeeded')
        .map((name) => `${formatNumber(counts[name], format)} ${name}`)
        .concat(counts.pending > 0 ? [`${formatNumber(counts.pending, format)} to go`] : [])
        .join(' · ');
  // Not a live region: the time in it moves every second.
  return <p className="tabular text-muted">{said}</p>;
}
