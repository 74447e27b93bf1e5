'use client';
import { useVirtualizer } from '@tanstack/react-virtual';
import Link from 'next/link';
import { useEffect, useRef } from 'react';
import { OutcomeWord } from '#components/results/outcome-word';
import { rowHeight, walkRows } from '#components/results/walk-rows';
import { Td, Th, Tr } from '#components/ui/table';
import type { PairRow } from '#lib/model/comparison';
import type { ResultRow } from '#lib/model/result';
import { ChangeWord } from './change-word.tsx';
import { Difference } from './difference.tsx';

/** The pairs one under the other, both answers in a row; only those in sight exist. */
export function PairsTable({
  rows,
  total,
  hrefOf,
  onEnd,
  onOpen,
}: {
  rows: PairRow[];
  total: number;
  hrefOf: (pair: number) => string;
  /** The last loaded row has come into sight. */
  onEnd: () => void;
  onOpen: (pair: number) => void;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: rowHeight,
    overscan: 12,
    initialRect: { width: 1_200, height: 640 },
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => scroller.current && walkRows(event, scroller.current);
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (rows.length > 0 && rows.length < total && last >= rows.length - 40) onEnd();
  }, [last, rows.length, total, onEnd]);
  const before = items[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <div
      ref={scroller}
      className="@container max-h-[max(26rem,calc(100dvh-14rem))] overflow-auto rounded-panel border bg-surface"
    >
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
          {items.map(({ index }) => {
            const row = rows[index];
            return row && <Row key={row.pair} {...{ row, hrefOf, onOpen, index }} />;
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

function Gap({ height }: { height: number }) {
  return (
    <tr aria-hidden>
      <td style={{ height }} />
    </tr>
  );
}
