const units: [string, number][] = [
  ['GiB', 1024 ** 3],
  ['GB', 1e9],
  ['MiB', 1024 ** 2],
  ['MB', 1e6],
  ['KiB', 1024],
  ['kB', 1e3],
];

/** A size as people write it, exactly: in the largest unit that leaves no rest. */
export function bytesAsText(bytes: number): string {
  const [unit, size] = units.find(([, one]) => bytes % one === 0) ?? ['B', 1];
  return `${bytes / size} ${unit}`;
}

/** Null where it is no size. A bare number is bytes. */
export function bytesIn(text: string): number | null {
  const [, number = '', unit = 'b'] = /^(\d+(?:[.,]\d+)?)\s*([a-z]*)$/i.exec(text.trim()) ?? [];
  const wanted = unit.toLowerCase() || 'b';
  const size = wanted === 'b' ? 1 : units.find(([name]) => name.toLowerCase() === wanted)?.[1];
  const bytes = Math.round(Number(number.replace(',', '.')) * (size ?? Number.NaN));
  return number !== '' && bytes > 0 ? bytes : null;
}
