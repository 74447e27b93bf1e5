'use client';
import { ArrowLeft } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { Tag } from '#components/ui/badge';
import { useFormat } from '#components/ui/format-context';
import { formatNumber } from '#lib/format';
import type { Batch } from '#lib/model/batch';
import { isOver } from '#lib/model/phase';
import { paths } from '#lib/paths';
import { BatchMenu } from './batch-menu.tsx';
import { CancelButton } from './cancel-button.tsx';
import { CostLine } from './cost-line.tsx';
import { PhaseBadge } from './phase-badge.tsx';

/** Which batch this is, where it stands, and the two or three things one can do with it. */
export function BatchHeader({
  batch,
  mayOperate,
  onAgain,
  share,
  whenOver,
}: {
  batch: Batch;
  mayOperate: boolean;
  /** Opens a new batch of the same requests. */
  onAgain: () => Promise<void>;
  share: ReactNode;
  /** What one can do with it once it is over. */
  whenOver: ReactNode;
}) {
  return (
    <header className="grid gap-2 pb-5">
      <Link
        href={paths.batches}
        data-noprint
        className="inline-flex items-center gap-1.5 justify-self-start rounded-control text-muted text-sm transition-colors hover:text-ink"
      >
        <ArrowLeft aria-hidden className="size-3.5" /> Batches
      </Link>
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1.5">
          <h1 className="min-w-0 text-balance font-semibold text-xl [overflow-wrap:anywhere]">
            {batch.name}
          </h1>
          <PhaseBadge batch={batch} />
        </div>
        <div data-noprint className="flex flex-wrap gap-2">
          {share}
          {isOver(batch.phase) ? whenOver : <CancelButton batch={batch} mayOperate={mayOperate} />}
          <BatchMenu batch={batch} mayOperate={mayOperate} onAgain={onAgain} />
        </div>
      </div>
      <Facts batch={batch} />
      {batch.note && (
        <p className="max-w-3xl whitespace-pre-line text-pretty text-sm [overflow-wrap:anywhere]">
          {batch.note}
        </p>
      )}
    </header>
  );
}

function Facts({ batch }: { batch: Batch }) {
  const format = useFormat();
  const { models, connection, counts, cost, unpriced, tags } = batch;
  const shown = models.slice(0, 3).join(', ') + (models.length > 3 ? ` and ${models.length - 3} more` : '');
  const requests = `${formatNumber(counts.total, format)} ${counts.total === 1 ? 'request' : 'requests'}`;
  return (
    <p className="min-h-5 text-muted [overflow-wrap:anywhere]">
      <span>{[shown, connection.name, requests].filter(Boolean).join(' · ')}</span>
      {(cost || unpriced > 0) && (
        <span>
          {' '}
          · <CostLine cost={cost} unpriced={unpriced} />
        </span>
      )}
      {tags.map((tag) => (
        <span key={tag} className="ml-2 inline-block align-middle">
          <Tag>{tag}</Tag>
        </span>
      ))}
    </p>
  );
}
