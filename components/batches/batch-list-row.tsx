'use client';
import { Copy, Download, Ellipsis, Link2 } from 'lucide-react';
import Link from 'next/link';
import { Tag } from '#components/ui/badge';
import { useFormat, useNow } from '#components/ui/format-context';
import { Menu, MenuItem, MenuLink } from '#components/ui/menu';
import { Money } from '#components/ui/num';
import { Time } from '#components/ui/time';
import { useToast } from '#components/ui/toast';
import { formatNumber, formatRange } from '#lib/format';
import { type BatchSummary, settledOf } from '#lib/model/batch';
import { isOver } from '#lib/model/phase';
import { apiPaths, paths } from '#lib/paths';
import { BatchProgress, countsAtTheEnd, timeUsed } from './batch-progress.tsx';
import { PhaseWord } from './phase-badge.tsx';

/** Two quiet lines: the name first, always; then one bar with its number beside it. */
export function BatchListRow({ batch }: { batch: BatchSummary }) {
  const where = [batch.models.join(', '), batch.connection.name].filter(Boolean).join(' · ');
  return (
    <li className="group relative grid gap-x-5 gap-y-1.5 border-b px-2 py-3 text-sm transition-colors focus-within:bg-hover hover:bg-hover md:min-h-row md:grid-cols-[minmax(0,1fr)_9.5rem_minmax(9rem,16rem)_8.5rem_5.5rem] md:items-center md:py-[calc((var(--row)-32px)/2+4px)]">
      <div className="min-w-0 max-md:pr-9">
        <Link
          href={paths.batch(batch.id)}
          data-row
          className="block truncate font-medium text-base outline-none after:absolute after:inset-0 after:rounded-control focus-visible:after:outline-2 focus-visible:after:outline-accent focus-visible:after:-outline-offset-2"
        >
          {batch.name}
        </Link>
        <p className="flex min-w-0 items-center gap-2 text-muted">
          <span className="truncate">{where}</span>
          <span className="hidden items-center gap-1 lg:flex">
            {batch.tags.slice(0, 3).map((tag) => (
              <Tag key={tag}>{tag}</Tag>
            ))}
          </span>
        </p>
      </div>
      <PhaseWord batch={batch} />
      <div className="grid grid-cols-1 gap-1 max-md:contents">
        <BatchProgress batch={batch} label={`Progress of ${batch.name}`} />
        <Tally batch={batch} />
      </div>
      <Outlook batch={batch} />
      <div className="flex items-center justify-between gap-2 text-muted max-md:absolute max-md:top-2.5 max-md:right-1 md:justify-end">
        <Time at={batch.times.created} short className="tabular max-md:hidden" />
        <RowMenu batch={batch} />
      </div>
    </li>
  );
}

function Tally({ batch }: { batch: BatchSummary }) {
  const format = useFormat();
  const now = useNow();
  const { counts } = batch;
  if (countsAtTheEnd(batch)) {
    return (
      <p className="tabular flex justify-between gap-3 text-muted text-xs">
        <span>counts at the end</span>
        <span>{timeUsed(batch, now).words}</span>
      </p>
    );
  }
  const done = isOver(batch.phase) ? counts.succeeded : settledOf(counts);
  const short = counts.expired + counts.missing + counts.cancelled;
  return (
    <p className="tabular flex justify-between gap-3 text-muted text-xs">
      <span>
        <span className="text-ink">{formatNumber(done, format)}</span> / {formatNumber(counts.total, format)}
        {isOver(batch.phase) && ' succeeded'}
      </span>
      <span className="flex gap-2">
        {counts.failed > 0 && <span className="text-bad">{formatNumber(counts.failed, format)} failed</span>}
        {short > 0 && <span>{formatNumber(short, format)} without an answer</span>}
      </span>
    </p>
  );
}

function Outlook({ batch }: { batch: BatchSummary }) {
  const now = useNow();
  return (
    <p className="tabular flex gap-x-3 text-muted max-md:text-xs md:flex-col md:items-end md:text-right">
      {batch.eta && (
        <span>{formatRange(Date.parse(batch.eta.from) - now, Date.parse(batch.eta.to) - now)} left</span>
      )}
      {batch.cost && (
        <span>
          <Money amount={batch.cost.amount} currency={batch.cost.currency} />
          {batch.cost.source === 'demo' && ' demo'}
        </span>
      )}
      <Time at={batch.times.created} className="md:hidden" />
      <span className="max-w-full truncate text-xs">{batch.owner?.name.replace(/@.*/, '')}</span>
    </p>
  );
}

function RowMenu({ batch }: { batch: BatchSummary }) {
  const toast = useToast();
  const copy = (text: string, what: string) =>
    navigator.clipboard.writeText(text).then(
      () => toast({ title: `${what} copied` }),
      () => toast({ title: 'Copying was refused by the browser', tone: 'bad' }),
    );
  return (
    <span className="relative transition-opacity focus-within:opacity-100 group-hover:opacity-100 has-[[aria-expanded=true]]:opacity-100 md:opacity-0">
      <Menu
        label={`Actions for ${batch.name}`}
        icon={<Ellipsis aria-hidden />}
        iconOnly
        look="ghost"
        size="sm"
      >
        <MenuItem
          icon={<Link2 aria-hidden />}
          onClick={() => copy(new URL(paths.batch(batch.id), location.href).href, 'Link')}
        >
          Copy link
        </MenuItem>
        <MenuItem icon={<Copy aria-hidden />} onClick={() => copy(batch.id, 'Id')}>
          Copy id
        </MenuItem>
        {isOver(batch.phase) && (
          <MenuLink icon={<Download aria-hidden />} href={apiPaths.export(batch.id, 'output.jsonl')} download>
            Download output.jsonl
          </MenuLink>
        )}
      </Menu>
    </span>
  );
}
