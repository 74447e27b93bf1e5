'use client';
import { Copy, Download, Ellipsis, Link2 } from 'lucide-react';
import Link from 'next/link';
import { Tag } from '#components/ui/badge';
import { Checkbox } from '#components/ui/checkbox';
import { useFormat, useNow } from '#components/ui/format-context';
import { Menu, MenuItem, MenuLink } from '#components/ui/menu';
import { Money } from '#components/ui/num';
import { Time } from '#components/ui/time';
import { useToast } from '#components/ui/toast';
import { cn } from '#lib/cn';
import { formatClock, formatDuration, formatExact, formatNumber, formatRange } from '#lib/format';
import { type BatchSummary, type Counts, settledOf } from '#lib/model/batch';
import { isOver } from '#lib/model/phase';
import { apiPaths, paths } from '#lib/paths';
import { BatchProgress, countsAtTheEnd, timeUsed } from './batch-progress.tsx';
import { PhaseWord } from './phase-badge.tsx';

/** Two quiet lines: the name first, always; then one bar with its number beside it. */
export function BatchListRow({
  batch,
  selected,
  onSelect,
}: {
  batch: BatchSummary;
  selected: boolean;
  onSelect: (id: string, range: boolean) => void;
}) {
  const where = [batch.models.join(', '), batch.connection.name].filter(Boolean).join(' · ');
  return (
    <li
      className={cn(
        '@container group relative border-b transition-colors focus-within:bg-hover hover:bg-hover',
        selected && 'bg-accent/8 focus-within:bg-accent/12 hover:bg-accent/12',
      )}
    >
      <Checkbox
        checked={selected}
        onChange={(event) => onSelect(batch.id, (event.nativeEvent as MouseEvent).shiftKey)}
        className={cn(
          'absolute top-1 -left-7 z-10 grid size-9 place-items-center transition-opacity focus-within:opacity-100 group-hover:opacity-100 has-[:checked]:opacity-100 md:opacity-0',
          'max-md:-left-1',
        )}
      >
        <span className="sr-only">Select {batch.name}</span>
      </Checkbox>
      <div className="grid gap-x-5 gap-y-1.5 px-2 py-3 text-sm max-md:pl-8 @4xl:min-h-row @4xl:grid-cols-[minmax(0,1fr)_9rem_19rem_7rem_4.25rem] @4xl:items-center @4xl:py-[calc((var(--row)-32px)/2+3px)]">
        <div className="min-w-0 @max-4xl:pr-9">
          <Link
            href={paths.batch(batch.id)}
            data-row={batch.id}
            className="block truncate font-medium text-base outline-none after:absolute after:inset-0 after:rounded-control focus-visible:after:outline-2 focus-visible:after:outline-accent focus-visible:after:-outline-offset-2"
          >
            {batch.name}
          </Link>
          <p className="flex min-w-0 items-center gap-2 text-muted">
            <span className="truncate">{where}</span>
            <span className="hidden items-center gap-1 @2xl:flex">
              {batch.tags.slice(0, 3).map((tag) => (
                <Tag key={tag}>{tag}</Tag>
              ))}
            </span>
          </p>
        </div>
        <div className="flex flex-wrap items-center justify-between gap-x-4 @4xl:contents">
          <p className="grid">
            <PhaseWord batch={batch} />
            <InPhase batch={batch} />
          </p>
          <Outlook batch={batch} />
        </div>
        <div className="grid gap-1.5 @4xl:col-start-3 @4xl:row-start-1">
          <BatchProgress batch={batch} label={`Progress of ${batch.name}`} />
          <Tally batch={batch} />
        </div>
        <div className="flex items-center justify-end gap-2 text-muted @max-4xl:absolute @max-4xl:top-2.5 @max-4xl:right-1">
          <Time at={batch.times.created} short className="tabular hidden @4xl:block" />
          <RowMenu batch={batch} />
        </div>
      </div>
    </li>
  );
}

/** How long it has been where it is; once it is over that is how long ago it ended. */
function InPhase({ batch }: { batch: BatchSummary }) {
  const now = useNow();
  const format = useFormat();
  if (isOver(batch.phase)) return null;
  return (
    <span title={formatExact(batch.since, format)} className="tabular text-muted text-xs @max-4xl:hidden">
      for {formatDuration(now - Date.parse(batch.since))}
    </span>
  );
}

function Tally({ batch }: { batch: BatchSummary }) {
  const format = useFormat();
  const now = useNow();
  const { counts } = batch;
  if (countsAtTheEnd(batch)) {
    return (
      <p className="tabular flex flex-wrap justify-between gap-x-3 text-muted text-xs">
        <span>counts at the end</span>
        <span>{timeUsed(batch, now).words}</span>
      </p>
    );
  }
  const done = isOver(batch.phase) ? counts.succeeded : settledOf(counts);
  return (
    <p className="tabular flex flex-wrap justify-between gap-x-3 text-muted text-xs">
      <span>
        <span className="text-ink">{formatNumber(done, format)}</span> / {formatNumber(counts.total, format)}
        {isOver(batch.phase) && ' succeeded'}
      </span>
      <span className="flex gap-2.5">
        {counts.failed > 0 && <span className="text-bad">{formatNumber(counts.failed, format)} failed</span>}
        <Unanswered counts={counts} />
      </span>
    </p>
  );
}

/** What came back neither good nor bad, by its one kind or as what it is together. */
function Unanswered({ counts }: { counts: Counts }) {
  const format = useFormat();
  const kinds = (['cancelled', 'expired', 'missing'] as const).filter((kind) => counts[kind] > 0);
  const [only] = kinds;
  if (!only) return null;
  const n = kinds.reduce((sum, kind) => sum + counts[kind], 0);
  return (
    <span>
      {formatNumber(n, format)} {kinds.length === 1 ? only : 'other'}
    </span>
  );
}

function Outlook({ batch }: { batch: BatchSummary }) {
  const now = useNow();
  return (
    <p className="tabular flex min-w-0 gap-x-3 text-muted @max-4xl:text-xs @4xl:col-start-4 @4xl:flex-col @4xl:items-end @4xl:text-right">
      {batch.eta ? (
        <span>{formatRange(Date.parse(batch.eta.from) - now, Date.parse(batch.eta.to) - now)} left</span>
      ) : (
        !isOver(batch.phase) && batch.times.expires && <Due at={batch.times.expires} />
      )}
      {!batch.cost && batch.unpriced > 0 && <span>price not known</span>}
      {batch.cost && (
        <span>
          {batch.unpriced > 0 && '≥ '}
          <Money amount={batch.cost.amount} currency={batch.cost.currency} />
          {batch.cost.source === 'demo' && ' demo'}
        </span>
      )}
      <Time at={batch.times.created} className="@4xl:hidden" />
      <span className="max-w-32 truncate text-xs">{batch.owner?.name.replace(/@.*/, '')}</span>
    </p>
  );
}

function Due({ at }: { at: string }) {
  const now = useNow();
  const format = useFormat();
  return <span title={formatExact(at, format)}>due {formatClock(at, now, format)}</span>;
}

function RowMenu({ batch }: { batch: BatchSummary }) {
  const toast = useToast();
  async function copy(text: string, what: string) {
    try {
      // On plain http there is no clipboard at all, which throws rather than rejects.
      await navigator.clipboard.writeText(text);
      toast({ title: `${what} copied` });
    } catch {
      toast({ title: 'Copying was refused by the browser', tone: 'bad' });
    }
  }
  return (
    <span className="relative transition-opacity focus-within:opacity-100 group-hover:opacity-100 has-[[aria-expanded=true]]:opacity-100 @4xl:opacity-0">
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
