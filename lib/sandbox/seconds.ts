import 'server-only';

export function seconds(time: number | null): number | null {
  return time === null ? null : Math.floor(time / 1000);
}
