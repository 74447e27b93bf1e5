/** The room a chart leaves for what is written beside it. */
export const margin = { top: 8, right: 12, bottom: 24, left: 48 };

type Tick = { at: number; label: string };

/** Hairlines across with their numbers at the left. */
export function LeftAxis({ ticks, width }: { ticks: Tick[]; width: number }) {
  return ticks.map(({ at, label }) => (
    <g key={at} transform={`translate(0 ${at})`}>
      <line x1={margin.left} x2={width - margin.right} className="stroke-line" />
      <text x={margin.left - 8} dy="0.32em" textAnchor="end" className="tabular fill-muted text-xs">
        {label}
      </text>
    </g>
  ));
}

/** The line everything stands on, with what it measures below it. */
export function BottomAxis({ ticks, top, width }: { ticks: Tick[]; top: number; width: number }) {
  return (
    <>
      <line x1={margin.left} x2={width - margin.right} y1={top} y2={top} className="stroke-line-control" />
      {ticks.map(({ at, label }) => (
        <text key={at} x={at} y={top + 17} textAnchor="middle" className="tabular fill-muted text-xs">
          {label}
        </text>
      ))}
    </>
  );
}
