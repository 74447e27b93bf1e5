'use client';
import { scaleBand, scaleLinear } from '@visx/scale';
import { Bar } from '@visx/shape';
import type { ReactNode } from 'react';
import { useFormat } from '#components/ui/format-context';
import { cn } from '#lib/cn';
import { formatNumber } from '#lib/format';
import type { Bin } from '#lib/model/result-facets';
import { BottomAxis, LeftAxis, margin } from './axes.tsx';
import { binWords } from './bin-words.ts';
import { resultsLink } from './show-results.ts';
import { wholeTicks } from './ticks.ts';
import { useWidth } from './use-width.ts';

const height = 160;

/** How many requests took so many tokens. With a filter for each bar the bars lead to their results. */
export function Histogram({
  bars,
  filterOf,
}: {
  bars: Bin[];
  filterOf: ((bar: Bin) => Record<string, string>) | null;
}) {
  const [place, width] = useWidth();
  return (
    <div ref={place} style={{ minHeight: height }}>
      {width > 0 && <Bars bars={bars} width={width} filterOf={filterOf} />}
    </div>
  );
}

function Bars({ bars, width, filterOf }: Parameters<typeof Histogram>[0] & { width: number }) {
  const format = useFormat();
  const bottom = height - margin.bottom;
  const x = scaleBand({
    domain: bars.map(({ from }) => from),
    range: [margin.left, width - margin.right],
    padding: 0.12,
  });
  const y = scaleLinear({
    domain: [0, Math.max(...bars.map(({ count }) => count))],
    range: [bottom, margin.top],
    nice: true,
  });
  const every = Math.ceil(bars.length / Math.max(1, Math.floor(width / 64)));
  return (
    <svg aria-hidden={filterOf === null} viewBox={`0 0 ${width} ${height}`} className="block w-full">
      <title>Requests by their tokens</title>
      <g aria-hidden>
        <LeftAxis
          width={width}
          ticks={wholeTicks(y.ticks(3)).map((n) => ({ at: y(n), label: formatNumber(n, format) }))}
        />
        <BottomAxis
          width={width}
          top={bottom}
          ticks={bars
            .filter((_, n) => n % every === 0)
            .map(({ from }) => ({ at: x(from) ?? 0, label: formatNumber(from, format) }))}
        />
      </g>
      {bars
        .filter(({ count }) => count > 0)
        .map((bar) => (
          <Column key={bar.from} bar={bar} filter={filterOf?.(bar) ?? null}>
            <Bar
              x={x(bar.from)}
              y={Math.min(y(bar.count), bottom - 2)}
              width={x.bandwidth()}
              height={Math.max(2, bottom - y(bar.count))}
              className={cn('fill-info-bar', filterOf && 'transition-opacity hover:opacity-75')}
            />
          </Column>
        ))}
    </svg>
  );
}

function Column({
  bar,
  filter,
  children,
}: {
  bar: Bin;
  filter: Record<string, string> | null;
  children: ReactNode;
}) {
  const format = useFormat();
  const said = `${binWords(bar, format)} tokens: ${formatNumber(bar.count, format)}`;
  const drawn = (
    <>
      <title>{said}</title>
      {children}
    </>
  );
  if (filter === null) return <g>{drawn}</g>;
  const { href, onClick } = resultsLink(filter);
  return (
    <a href={href} onClick={onClick} aria-label={said}>
      {drawn}
    </a>
  );
}
