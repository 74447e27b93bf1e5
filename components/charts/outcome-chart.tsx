'use client';
import { scaleLinear } from '@visx/scale';
import { useFormat } from '#components/ui/format-context';
import { cn } from '#lib/cn';
import { formatNumber } from '#lib/format';
import type { Outcome } from '#lib/model/result';
import type { OutcomeBar } from './bars.ts';
import { ChartFrame } from './chart-frame.tsx';
import { resultsLink } from './show-results.ts';

const fills: Record<Outcome, string> = {
  succeeded: 'bg-ok-bar',
  failed: 'hatch-bad',
  unparseable: 'hatch-bad',
  expired: 'bg-warn-bar',
  missing: 'bg-warn-bar',
  cancelled: 'bg-idle-bar',
};

/** How the requests ended: what succeeded, and each way in which the others did not. */
export function OutcomeChart({ bars, total }: { bars: OutcomeBar[]; total: number }) {
  const format = useFormat();
  const share = scaleLinear({ domain: [0, Math.max(1, ...bars.map(({ count }) => count))], range: [0, 100] });
  const ways = bars.length - 1;
  return (
    <ChartFrame
      title="Outcomes by error group"
      summary={ways === 0 ? 'Every request succeeded.' : 'Each leads to its results.'}
      table={{
        head: ['Outcome', 'Kind', 'Code', 'Requests', 'Share'],
        rows: bars.map(({ key, words, outcome, code, count, filter }) => ({
          key,
          cells: [words, outcome, code ?? 'none', formatNumber(count, format), shareWords(count, total)],
          filter,
        })),
      }}
    >
      <ol className="grid gap-3">
        {bars.map((bar) => (
          <li key={bar.key}>
            <Line bar={bar} total={total} percent={share(bar.count)} />
          </li>
        ))}
      </ol>
    </ChartFrame>
  );
}

function Line({ bar, total, percent }: { bar: OutcomeBar; total: number; percent: number }) {
  const format = useFormat();
  const drawn = (
    <>
      <span className="flex items-baseline justify-between gap-4 text-sm">
        <span className="min-w-0 group-hover:underline [overflow-wrap:anywhere] [unicode-bidi:isolate]">
          {bar.words}
        </span>
        <span className="tabular whitespace-nowrap text-muted">
          {formatNumber(bar.count, format)} · {shareWords(bar.count, total)}
        </span>
      </span>
      <span
        aria-hidden
        className={cn('h-2 rounded-bar', bar.count > 0 && 'min-w-[3px]', fills[bar.outcome])}
        style={{ width: `${percent}%` }}
      />
    </>
  );
  const look = 'grid gap-1 rounded-bar';
  return bar.filter && bar.count > 0 ? (
    <a {...resultsLink(bar.filter)} className={cn('group underline-offset-2', look)}>
      {drawn}
    </a>
  ) : (
    <span className={look}>{drawn}</span>
  );
}

/** Never nought where there is one, and never all where one is missing. */
function shareWords(count: number, total: number): string {
  const percent = total === 0 ? 0 : (count / total) * 100;
  if (percent > 0 && percent < 1) return 'under 1 %';
  return percent > 99 && percent < 100 ? 'over 99 %' : `${Math.round(percent)} %`;
}
