const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const steps = [
  ...[1, 2, 5, 10, 15, 30].map((n) => n * second),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * minute),
  ...[1, 2, 3, 6, 12].map((n) => n * hour),
  ...[1, 2, 5, 10].map((n) => n * day),
];

/** Round times since the start, at most so many. */
export function timeTicks(span: number, most: number): number[] {
  const step = steps.find((each) => span / each <= most) ?? Math.ceil(span / most / day) * day;
  return Array.from({ length: Math.floor(span / step) + 1 }, (_, n) => n * step);
}

/** Whole numbers only: there is no half a request. */
export function wholeTicks(ticks: number[]): number[] {
  return ticks.filter(Number.isInteger);
}
