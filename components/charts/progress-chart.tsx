'use client';
import { curveStepAfter } from '@visx/curve';
import { scaleLinear } from '@visx/scale';
import { AreaStack } from '@visx/shape';
import { type PointerEvent, useId, useState } from 'react';
import { useFormat } from '#components/ui/format-context';
import { formatDuration, formatExact, formatNumber } from '#lib/format';
import { BottomAxis, LeftAxis, margin } from './axes.tsx';
import { ChartFrame } from './chart-frame.tsx';
import { Legend, words } from './legend.tsx';
import { type Moment, momentAt, series } from './moments.ts';
import { timeTicks, wholeTicks } from './ticks.ts';
import { useWidth } from './use-width.ts';

const height = 220;

/** How many had succeeded, failed or ended otherwise, from when it was sent. */
export function ProgressChart({ moments, total }: { moments: Moment[]; total: number }) {
  const format = useFormat();
  const [place, width] = useWidth();
  const [pointed, setPointed] = useState<number | null>(null);
  const from = moments[0]?.at ?? 0;
  const to = moments.at(-1)?.at ?? from;
  const shown = momentAt(moments, pointed ?? to);
  const at = pointed ?? to;
  return (
    <ChartFrame
      title="Progress over time"
      summary={`${formatDuration(to - from)} since it was sent, as far as the provider counted.`}
      table={{
        head: ['Time', ...series.map((name) => words[name])],
        rows: moments.map((moment) => ({
          key: String(moment.at),
          cells: [
            formatExact(moment.at, format),
            ...series.map((name) => formatNumber(moment[name], format)),
          ],
        })),
      }}
    >
      <Legend
        items={series.flatMap((name) =>
          name === 'succeeded' || moments.some((moment) => moment[name] > 0)
            ? [{ name, count: formatNumber(shown?.[name] ?? 0, format) }]
            : [],
        )}
        aside={`after ${formatDuration(at - from)}`}
      />
      <div ref={place} style={{ minHeight: height }}>
        {width > 0 && (
          <Areas moments={moments} total={total} width={width} pointed={pointed} onPoint={setPointed} />
        )}
      </div>
    </ChartFrame>
  );
}

const fills = { succeeded: 'fill-ok-bar', failed: '', other: 'fill-idle-bar' };

function Areas({
  moments,
  total,
  width,
  pointed,
  onPoint,
}: {
  moments: Moment[];
  total: number;
  width: number;
  pointed: number | null;
  onPoint: (at: number | null) => void;
}) {
  const format = useFormat();
  const hatch = useId();
  const from = moments[0]?.at ?? 0;
  const last = moments.at(-1);
  const span = Math.max(1_000, (last?.at ?? from) - from);
  // How it stands at the end would else be a line without width.
  const end = from + span * 1.02;
  const bottom = height - margin.bottom;
  const x = scaleLinear({ domain: [from, end], range: [margin.left, width - margin.right] });
  const y = scaleLinear({ domain: [0, total], range: [bottom, margin.top] });
  const point = (event: PointerEvent<SVGElement>) => {
    const { left, width: seen } = event.currentTarget.getBoundingClientRect();
    onPoint(Math.min(from + span, Math.max(from, x.invert(((event.clientX - left) / seen) * width))));
  };
  return (
    // The table says the same, and says it better than a list of shapes.
    <svg
      aria-hidden
      viewBox={`0 0 ${width} ${height}`}
      className="block w-full"
      onPointerMove={point}
      onPointerLeave={() => onPoint(null)}
    >
      <Hatch id={hatch} />
      <LeftAxis
        width={width}
        ticks={wholeTicks(y.ticks(4)).map((n) => ({ at: y(n), label: formatNumber(n, format) }))}
      />
      <AreaStack
        data={last ? [...moments, { ...last, at: end }] : []}
        keys={[...series]}
        curve={curveStepAfter}
        x={({ data }) => x(data.at)}
        y0={([low]) => y(low)}
        y1={([, high]) => y(high)}
      >
        {({ stacks, path }) =>
          stacks.map((stack) => (
            <path
              key={stack.key}
              d={path(stack) ?? ''}
              className={fills[stack.key]}
              fill={stack.key === 'failed' ? `url(#${hatch})` : undefined}
            />
          ))
        }
      </AreaStack>
      <BottomAxis
        width={width}
        top={bottom}
        ticks={timeTicks(span, Math.max(2, Math.floor(width / 110))).map((since) => ({
          at: x(from + since),
          label: formatDuration(since),
        }))}
      />
      {pointed !== null && (
        <line x1={x(pointed)} x2={x(pointed)} y1={margin.top} y2={bottom} className="stroke-ink" />
      )}
    </svg>
  );
}

/** Failed requests are hatched here as in every bar. */
export function Hatch({ id }: { id: string }) {
  return (
    <defs>
      <pattern id={id} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="5" height="5" className="fill-bad-bar" />
        <rect width="2" height="5" className="fill-surface/40" />
      </pattern>
    </defs>
  );
}
