'use client';
import { scaleLinear } from '@visx/scale';
import { useFormat, useNow } from '#components/ui/format-context';
import { formatDuration, formatExact } from '#lib/format';
import type { Batch } from '#lib/model/batch';
import { isOver } from '#lib/model/phase';
import { ChartFrame } from './chart-frame.tsx';
import { spansOf } from './moments.ts';

/** Where nobody counted on the way: what is known is which stretch of it took how long. */
export function TimeChart({ batch }: { batch: Pick<Batch, 'times' | 'phase' | 'countsAre' | 'connection'> }) {
  const format = useFormat();
  const now = useNow();
  const spans = spansOf(batch).map(({ name, from, to }) => ({
    name,
    from,
    lasted: Math.max(0, (to === null ? now : Date.parse(to)) - Date.parse(from)),
    goesOn: to === null,
  }));
  const share = scaleLinear({
    domain: [0, Math.max(1, ...spans.map(({ lasted }) => lasted))],
    range: [0, 100],
  });
  return (
    <ChartFrame
      title="Progress over time"
      summary={whyNot(batch)}
      table={{
        head: ['Stretch', 'From', 'Lasted'],
        rows: spans.map(({ name, from, lasted, goesOn }) => ({
          key: name,
          cells: [name, formatExact(from, format), `${formatDuration(lasted)}${goesOn ? ' so far' : ''}`],
        })),
      }}
    >
      <ol aria-hidden className="grid gap-3">
        {spans.map(({ name, lasted, goesOn }) => (
          <li key={name} className="grid gap-1">
            <span className="flex justify-between gap-4 text-sm">
              {name}
              <span className="tabular whitespace-nowrap text-muted">
                {formatDuration(lasted)}
                {goesOn && ' so far'}
              </span>
            </span>
            <span className="dashes-time h-1.5 min-w-[3px]" style={{ width: `${share(lasted)}%` }} />
          </li>
        ))}
      </ol>
    </ChartFrame>
  );
}

function whyNot({ connection, countsAre, phase }: Pick<Batch, 'connection' | 'countsAre' | 'phase'>): string {
  if (countsAre === 'final-only')
    return `${connection.name} reports counts only at the end. This is where the time went.`;
  return isOver(phase)
    ? 'It was over before anything was counted on the way. This is where the time went.'
    : 'Nothing has been counted yet. This is where the time went so far.';
}
