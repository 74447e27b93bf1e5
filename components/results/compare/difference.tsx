'use client';
import { useFormat } from '#components/ui/format-context';
import { cn } from '#lib/cn';
import { type Format, formatMoney, formatNumber, formatPercent } from '#lib/format';

type Kind = 'count' | 'money';

/** How much more or less the second is, with its sign; nothing where one of them is not known. */
export function Difference({
  first,
  second,
  kind = 'count',
  share = false,
  className,
}: {
  first: number | null | undefined;
  second: number | null | undefined;
  kind?: Kind;
  /** With how much that is of the first. */
  share?: boolean;
  className?: string;
}) {
  const format = useFormat();
  if (first == null || second == null) return <span className={className}>–</span>;
  return (
    <span className={cn('tabular whitespace-nowrap', className)}>
      {signed(second - first, kind, format)}
      {share && first !== 0 && second !== first && (
        <span className="ml-1.5 text-muted text-xs max-sm:hidden">
          {signOf(second - first)}
          {formatPercent((100 * Math.abs(second - first)) / first, format)}
        </span>
      )}
    </span>
  );
}

function signed(value: number, kind: Kind, format: Format): string {
  const size = Math.abs(value);
  // Sums of decimals are off by less than any price is exact to.
  const isNothing = size < 1e-9;
  const words = kind === 'money' ? formatMoney(size.toFixed(9), 'USD', format) : formatNumber(size, format);
  return isNothing ? '0' : `${signOf(value)}${words}`;
}

function signOf(value: number): string {
  return value > 0 ? '+' : '−';
}
