'use client';
import Link from 'next/link';
import { OutcomeWord } from '#components/results/outcome-word';
import { ComingRow, Gap, rowWindowClass, useRowWindow } from '#components/results/row-window';
import type { PagedRows } from '#components/results/use-paged-rows';
import { Td, Th, Tr } from '#components/ui/table';
import type { ComparisonPage, PairRow } from '#lib/model/comparison';
import type { ResultRow } from '#lib/model/result';
import { ChangeWord } from './change-word.tsx';
import { Difference } from './difference.tsx';

/** The pairs one under the other, both answers in a row; only those in sight exist. */
export function PairsTable({
  rows,
  asked,
  hrefOf,
  onOpen,
}: {
  rows: PagedRows<PairRow, ComparisonPage>;
  /** What the list is narrowed to: another list begins at its top. */
  asked: string;
  hrefOf: (pair: number) => string;
  onOpen: (pair: number) => void;
}) {
  const { rowAt, total } = rows;
  const { scroller, places, before, after } = useRowWindow(rows, asked);
  return (
    <div ref={scroller} className={rowWindowClass}>
      <table
        aria-label="Pairs"
        aria-rowcount={total + 1}
        className="w-full table-fixed border-separate border-spacing-0 text-left text-sm"
      >
        <thead className="sticky top-0 z-10 bg-surface">
          <tr>
            <Th className="@[56rem]:w-52">custom_id</Th>
            <Th className="w-44">Change</Th>
            <Th className="@max-[44rem]:hidden">A</Th>
            <Th className="@max-[44rem]:hidden">B</Th>
            <Th className="w-28 text-right @max-[56rem]:hidden">± tokens out</Th>
            <Th className="w-28 text-right @max-[56rem]:hidden">± cost</Th>
          </tr>
        </thead>
        <tbody>
          {before > 0 && <Gap height={before} />}
          {places.map((place) => {
            const row = rowAt(place);
            return row ? (
              <Row key={row.pair} {...{ row, hrefOf, onOpen }} index={place} />
            ) : (
              <ComingRow key={`coming-${place}`} index={place} columns={6} />
            );
          })}
          {after > 0 && <Gap height={after} />}
        </tbody>
      </table>
    </div>
  );
}

function Row({
  row,
  index,
  hrefOf,
  onOpen,
}: {
  row: PairRow;
  index: number;
  hrefOf: (pair: number) => string;
  onOpen: (pair: number) => void;
}) {
  const { pair, customId, change, first, second } = row;
  return (
    <Tr
      aria-rowindex={index + 2}
      className="cursor-pointer [&>td]:border-b"
      onClick={(event) => {
        const elsewhere = event.metaKey || event.ctrlKey || event.shiftKey;
        if (elsewhere || window.getSelection()?.isCollapsed === false) return;
        event.preventDefault();
        onOpen(pair);
      }}
    >
      <Td className="truncate font-mono text-xs">
        <Link
          href={hrefOf(pair)}
          prefetch={false}
          scroll={false}
          data-row
          className="rounded-bar hover:underline"
        >
          {customId}
        </Link>
      </Td>
      <Td>
        <ChangeWord change={change} />
      </Td>
      <Td className="truncate text-muted @max-[44rem]:hidden">
        <Said row={first} />
      </Td>
      <Td className="truncate text-muted @max-[44rem]:hidden">
        <Said row={second} />
      </Td>
      <Td className="text-right text-muted @max-[56rem]:hidden">
        <Difference first={first?.usage?.output} second={second?.usage?.output} />
      </Td>
      <Td className="text-right text-muted @max-[56rem]:hidden">
        <Difference first={costOf(first)} second={costOf(second)} kind="money" />
      </Td>
    </Tr>
  );
}

/** The first words of an answer; where there is none, how it ended. */
function Said({ row }: { row: ResultRow | null }) {
  if (!row) return <span>–</span>;
  if (row.outcome !== 'succeeded') return <OutcomeWord outcome={row.outcome} />;
  return <span className="[unicode-bidi:isolate]">{row.preview}</span>;
}

function costOf(row: ResultRow | null): number | null {
  return row?.cost == null ? null : Number(row.cost);
}
