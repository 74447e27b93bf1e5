'use client';
import { useFormat } from '#components/ui/format-context';
import { formatNumber } from '#lib/format';
import type { Bin, Facets } from '#lib/model/result-facets';
import { barsOf } from './bars.ts';
import { binWords } from './bin-words.ts';
import { ChartFrame } from './chart-frame.tsx';
import { Histogram } from './histogram.tsx';

const mostBars = 24;
const filterOf = ({ from, to }: Bin) => ({ tokensMin: String(from), tokensMax: String(to - 1) });

/** Tokens a request: what went in, what came out, and both together. */
export function TokenCharts({ histograms }: Pick<Facets, 'histograms'>) {
  return (
    <div className="grid gap-x-8 gap-y-10 md:grid-cols-2 xl:grid-cols-3">
      <Tokens title="Input tokens per request" bins={histograms.input} />
      <Tokens title="Output tokens per request" bins={histograms.output} />
      <Tokens title="Total tokens per request" bins={histograms.tokens} leads />
    </div>
  );
}

function Tokens({ title, bins, leads = false }: { title: string; bins: Bin[]; leads?: boolean }) {
  const format = useFormat();
  if (bins.length === 0) return null;
  const bars = barsOf(bins, mostBars);
  const total = bars.reduce((sum, { count }) => sum + count, 0);
  const tallest = bars.reduce((most, bar) => (bar.count > most.count ? bar : most));
  return (
    <ChartFrame
      title={title}
      summary={`${formatNumber(total, format)} ${total === 1 ? 'answer' : 'answers'}, most often ${binWords(tallest, format)}.${leads ? ' Bars lead to their results.' : ''}`}
      table={{
        head: ['Tokens', 'Answers'],
        rows: bars.map((bar) => ({
          key: String(bar.from),
          cells: [binWords(bar, format), formatNumber(bar.count, format)],
          filter: leads && bar.count > 0 ? filterOf(bar) : null,
        })),
      }}
    >
      <Histogram bars={bars} filterOf={leads ? filterOf : null} />
    </ChartFrame>
  );
}
