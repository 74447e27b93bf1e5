'use client';
import { RefreshCw } from 'lucide-react';
import { Fragment } from 'react';
import { useFormat, useNow } from '#components/ui/format-context';
import { Time } from '#components/ui/time';
import { cn } from '#lib/cn';
import { formatDuration, formatExact, formatNumber, formatPercent, formatRange } from '#lib/format';
import type { Batch } from '#lib/model/batch';
import { isOver } from '#lib/model/phase';
import { BatchProgress, countsAtTheEnd, timeUsed } from './batch-progress.tsx';
import { deadlineWords, historyWords, rateWords } from './outlook-words.ts';
import { wordsOf } from './phase-words.ts';
import { StageLine } from './stage-line.tsx';
import { movedAt, sentenceOf, tallyOf, undecidedWords } from './status-words.ts';
import type { Watched } from './use-batch.ts';

/** Always there and always as high, from queued to done: nothing below it jumps. */
export function BatchStatus({ watched }: { watched: Watched }) {
  const { batch } = watched;
  return (
    <section aria-label="Status" className="grid gap-4 rounded-panel border bg-surface p-4 sm:p-5">
      <div className="grid gap-2">
        <div className="flex min-h-5 flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
          <p className="tabular flex flex-wrap gap-x-2">
            <Tally batch={batch} />
          </p>
          <p className="tabular text-muted text-sm">
            <Outlook batch={batch} />
          </p>
        </div>
        <BatchProgress batch={batch} label="Progress" size="lg" />
      </div>
      <div className="grid min-h-10 content-start gap-0.5 text-sm">
        <p className="text-pretty">
          <span className="sr-only">{wordsOf(batch).word}: </span>
          {[sentenceOf(batch), historyWords(batch)].filter(Boolean).join(' ')}
        </p>
        <Checks watched={watched} />
      </div>
      <StageLine batch={batch} />
    </section>
  );
}

const colors: Partial<Record<keyof Batch['counts'], string>> = {
  succeeded: 'text-ink',
  failed: 'text-bad',
  expired: 'text-warn',
  missing: 'text-warn',
};

function Tally({ batch }: { batch: Batch }) {
  const format = useFormat();
  const now = useNow();
  if (countsAtTheEnd(batch)) return <span>{timeUsed(batch, now).words}</span>;
  return tallyOf(batch).map(([name, count, word], index) => (
    <Fragment key={name}>
      {index > 0 && (
        <span aria-hidden className="text-muted">
          ·
        </span>
      )}
      <span className={colors[name] ?? 'text-muted'}>
        {formatNumber(count, format)} {word}
      </span>
    </Fragment>
  ));
}

function Outlook({ batch }: { batch: Batch }) {
  const format = useFormat();
  const now = useNow();
  const { times, eta, phase, progress } = batch;
  if (isOver(phase)) {
    if (!times.finished) return null;
    const took = formatDuration(Date.parse(times.finished) - Date.parse(times.submitted ?? times.created));
    return (
      <>
        finished <Time at={times.finished} /> · took {took}
      </>
    );
  }
  const parts = [
    progress !== null && progress > 0 ? formatPercent(progress, format) : '',
    rateWords(batch, format),
    eta ? `${formatRange(Date.parse(eta.from) - now, Date.parse(eta.to) - now)} left` : '',
  ];
  const deadline = deadlineWords(batch);
  return (
    <>
      {parts.filter(Boolean).join(' · ')}
      {parts.some(Boolean) && times.expires && ' · '}
      {times.expires && (
        <span title={formatExact(times.expires, format)}>
          due <Time at={times.expires} />
        </span>
      )}
      {deadline && <span className={cn(deadline.risky && 'text-warn')}>, {deadline.words}</span>}
    </>
  );
}

const longStill = 5 * 60_000;

/** Who looked when, what was said, and when somebody looks again. */
function Checks({ watched: { batch, checkedAt, nextCheckAt } }: { watched: Watched }) {
  const now = useNow();
  if (isOver(batch.phase)) {
    return (
      <p className="text-muted">
        {checkedAt ? (
          <>
            last checked <Time at={checkedAt} />
          </>
        ) : (
          'never sent'
        )}
      </p>
    );
  }
  const raw = [...new Set(batch.parts.map((part) => part.rawStatus).filter(Boolean))].join(', ');
  const wait = nextCheckAt ? Date.parse(nextCheckAt) - now : null;
  const undecided = undecidedWords(batch, wait);
  if (undecided) return <p className="tabular text-muted">{undecided}</p>;
  const moved = movedAt(batch);
  const still = moved === null ? 0 : now - Date.parse(moved);
  const failures = Math.max(0, ...batch.parts.map((part) => part.failures));
  return (
    <p className="tabular flex flex-wrap items-center gap-x-1.5 text-muted">
      <span>
        {checkedAt ? (
          <>
            checked <Time at={checkedAt} />
            {raw && <>, “{raw}”</>}
          </>
        ) : (
          'not checked yet'
        )}
      </span>
      {failures > 0 && <span>· {failures === 1 ? '1 call' : `${failures} calls in a row`} went wrong</span>}
      {still > longStill && <span>· no change for {formatDuration(still)}</span>}
      {wait !== null && (
        <span>· {wait > 1_000 ? `next check in ${formatDuration(wait)}` : 'checking now'}</span>
      )}
      <RefreshCw aria-hidden className={cn('size-3', wait !== null && wait <= 1_000 && 'breathe')} />
    </p>
  );
}
