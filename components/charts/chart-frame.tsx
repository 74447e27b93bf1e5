'use client';
import { type ReactNode, useId, useState } from 'react';
import { Button } from '#components/ui/button';
import { Td, Th } from '#components/ui/table';
import { cn } from '#lib/cn';
import { resultsLink } from './show-results.ts';

export type ChartRow = { key: string; cells: string[]; filter?: Record<string, string> | null };
/** What a chart draws, in rows: the first column names each, the others are numbers unless said. */
export type ChartTable = { head: string[]; rows: ChartRow[] };

/** A chart with the same in a table behind it: heard always, seen when asked for. */
export function ChartFrame({
  title,
  summary,
  table,
  children,
}: {
  title: string;
  summary: ReactNode;
  table: ChartTable;
  children: ReactNode;
}) {
  const [asTable, setAsTable] = useState(false);
  const id = useId();
  return (
    <figure aria-labelledby={id} className="grid min-w-0 content-start gap-3 break-inside-avoid">
      <figcaption className="flex items-start justify-between gap-x-4">
        <div className="grid min-w-0 gap-0.5">
          <h2 id={id} className="font-semibold">
            {title}
          </h2>
          <p className="tabular text-pretty text-muted text-sm">{summary}</p>
        </div>
        <Button
          data-noprint
          look="ghost"
          size="sm"
          aria-label={`As table: ${title}`}
          aria-pressed={asTable}
          onClick={() => setAsTable(!asTable)}
          className="-mt-1 -mr-2.5 aria-pressed:bg-hover aria-pressed:text-ink"
        >
          As table
        </Button>
      </figcaption>
      {!asTable && children}
      <Table id={id} table={table} shown={asTable} />
    </figure>
  );
}

function Table({ id, table, shown }: { id: string; table: ChartTable; shown: boolean }) {
  return (
    <section
      aria-labelledby={id}
      // What scrolls must be reached by keys too.
      tabIndex={shown ? 0 : undefined}
      className={shown ? 'max-h-96 overflow-auto rounded-control' : 'sr-only'}
    >
      <table aria-labelledby={id} className="w-full text-left text-sm">
        <thead>
          <tr>
            {table.head.map((name, n) => (
              <Th key={name} className={cn('sticky top-0 bg-canvas', n > 0 ? 'text-right' : 'pl-0')}>
                {name}
              </Th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map(({ key, cells: [name, ...cells], filter }) => (
            <tr key={key} className="border-b">
              <th scope="row" className="py-1.5 pr-3 font-normal [overflow-wrap:anywhere]">
                {filter && shown ? (
                  <a {...resultsLink(filter)} className="rounded-bar underline underline-offset-2">
                    {name}
                  </a>
                ) : (
                  name
                )}
              </th>
              {cells.map((cell, n) => (
                <Td key={table.head[n + 1]} className="tabular whitespace-nowrap text-right">
                  {cell}
                </Td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
