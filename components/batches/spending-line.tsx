import { Money, Num } from '#components/ui/num';
import { Td, Th, Tr } from '#components/ui/table';
import type { Spending } from '#lib/model/spending';
import { monthName, sumOf } from './spending-words.ts';

/** This month in one line, which opens to both months by connection. */
export function SpendingLine({ spending, month }: { spending: Spending[]; month: string }) {
  if (spending.length === 0) return null;
  const now = sumOf(spending.filter((one) => one.month === month));
  return (
    <details className="group pb-4 text-sm">
      <summary className="w-fit cursor-pointer rounded-control text-muted hover:text-ink">
        {monthName(month)}: {now.unpriced > 0 && 'at least '}
        <Money amount={now.amount} currency="USD" className="text-ink" />
        {now.saved !== null && (
          <>
            , <Money amount={now.saved} currency="USD" /> saved against real-time
          </>
        )}
      </summary>
      <table aria-label="Spending by month and connection" className="mt-2 w-full max-w-2xl">
        <thead>
          <tr className="text-left">
            <Th className="pl-0">Month</Th>
            <Th>Connection</Th>
            <Th className="text-right max-sm:hidden">Batches</Th>
            <Th className="text-right max-sm:hidden">Saved</Th>
            <Th className="pr-0 text-right">Cost</Th>
          </tr>
        </thead>
        <tbody>
          {spending.map((one) => (
            <Tr key={`${one.month} ${one.connection.id}`}>
              <Td className="pl-0">{monthName(one.month)}</Td>
              <Td className="[overflow-wrap:anywhere]">{one.connection.name}</Td>
              <Td className="text-right max-sm:hidden">
                <Num value={one.batches} />
              </Td>
              <Td className="text-right text-muted max-sm:hidden">
                {one.saved ? <Money amount={one.saved} currency={one.currency} /> : '–'}
              </Td>
              <Td className="pr-0 text-right">
                {one.unpriced > 0 && <span className="text-muted">at least </span>}
                <Money amount={one.amount} currency={one.currency} />
                {one.estimated && <span className="block text-muted text-xs">by list prices</span>}
              </Td>
            </Tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
