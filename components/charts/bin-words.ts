import { type Format, formatNumber } from '#lib/format';
import type { Bin } from '#lib/model/result-facets';

/** `64–79`, and a single number where the bar holds no other. */
export function binWords({ from, to }: Pick<Bin, 'from' | 'to'>, format: Format): string {
  const [low, high] = [formatNumber(from, format), formatNumber(to - 1, format)];
  return low === high ? low : `${low}–${high}`;
}
