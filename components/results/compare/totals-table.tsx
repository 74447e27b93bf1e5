'use client';
import type { ReactNode } from 'react';
import { Money, Num } from '#components/ui/num';
import { Th } from '#components/ui/table';
import type { ComparedSide } from '#lib/model/comparison';
import { Difference } from './difference.tsx';

type Row = {
  name: string;
  value: (side: ComparedSide) => number | null;
  kind?: 'money';
  /** What is not in the value. */
  less?: (side: ComparedSide) => number;
};

const answersOf = ({ totals }: ComparedSide) => totals.outcomes.succeeded ?? 0;
const requestsOf = ({ totals }: ComparedSide) =>
  Object.values(totals.outcomes).reduce((sum, count) => sum + count, 0);

const rows: Row[] = [
  { name: 'Succeeded', value: answersOf },
  { name: 'Did not', value: (side) => requestsOf(side) - answersOf(side) },
  { name: 'Tokens in', value: ({ totals }) => totals.input },
  { name: 'Tokens out', value: ({ totals }) => totals.output },
  {
    name: 'Cost',
    kind: 'money',
    value: ({ totals }) => (totals.cost === null ? null : Number(totals.cost)),
    less: ({ totals }) => totals.unpriced,
  },
  {
    name: 'Characters an answer',
    value: (side) => (answersOf(side) === 0 ? null : Math.round(side.totals.characters / answersOf(side))),
  },
];

/** What both sides come to over the requests they share, and by how much the second differs. */
export function TotalsTable({ first, second }: { first: ComparedSide; second: ComparedSide }) {
  const demo = first.demo || second.demo;
  return (
    <div className="max-w-4xl overflow-x-auto rounded-panel border bg-surface">
      <table
        aria-label="Totals"
        className="w-full text-right text-sm max-sm:text-xs [&_td]:px-3 [&_td]:py-1.5 max-sm:[&_td]:px-1.5"
      >
        <thead>
          <tr>
            <Th className="text-left">In both</Th>
            <Th className="text-right max-sm:px-1.5">A</Th>
            <Th className="text-right max-sm:px-1.5">B</Th>
            <Th className="text-right max-sm:px-1.5">B − A</Th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, value, kind, less }) => {
            const [one, other] = [value(first), value(second)];
            return (
              <tr key={name} className="[&:not(:last-child)>*]:border-b">
                <th scope="row" className="px-3 py-1.5 text-left font-normal text-muted">
                  {kind === 'money' && demo ? 'Demo cost' : name}
                </th>
                <td>
                  <Value value={one} kind={kind} missing={less?.(first)} />
                </td>
                <td>
                  <Value value={other} kind={kind} missing={less?.(second)} />
                </td>
                <td>
                  <Difference first={one} second={other} kind={kind} share />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function Value({
  value,
  kind,
  missing = 0,
}: {
  value: number | null;
  kind?: 'money';
  missing?: number;
}): ReactNode {
  if (value === null) return <span className="text-muted">not known</span>;
  if (kind !== 'money') return <Num value={value} />;
  return (
    <>
      <Money amount={value.toFixed(9)} currency="USD" />
      {missing > 0 && (
        <span className="block text-muted text-xs">
          without <Num value={missing} />
        </span>
      )}
    </>
  );
}
