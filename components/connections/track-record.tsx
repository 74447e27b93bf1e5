import { Num } from '#components/ui/num';
import { Td, Th, Tr } from '#components/ui/table';
import { formatDuration } from '#lib/format';
import type { TrackRecord as Known, PastRecord } from '#lib/model/track-record';
import { Section } from './section.tsx';

/** What a person can expect of the next batch, from those that have ended. */
export function TrackRecord({ record: { all, sizes, models } }: { record: Known }) {
  return (
    <Section title="How long it takes here">
      {all === null ? (
        <p className="border-b py-2 text-muted text-sm">No batch has ended here yet.</p>
      ) : (
        <table aria-label="How long it takes here" className="w-full text-sm [overflow-wrap:anywhere]">
          <thead>
            <tr className="text-left">
              <Th className="pl-0">Batches</Th>
              <Th className="h-auto! whitespace-normal! py-1.5 text-right">Half within</Th>
              <Th className="h-auto! whitespace-normal! py-1.5 text-right">9 of 10 within</Th>
              <Th className="h-auto! whitespace-normal! py-1.5 pr-0 text-right">Succeeded</Th>
            </tr>
          </thead>
          <tbody>
            {sizes.map((row) => (
              <Line key={row.name} row={row} />
            ))}
          </tbody>
          <tbody>
            {models.map((row) => (
              <Line key={row.name} row={row} code />
            ))}
          </tbody>
        </table>
      )}
    </Section>
  );
}

function Line({ row, code = false }: { row: PastRecord; code?: boolean }) {
  return (
    <Tr>
      <Td className="pl-0">
        <span className={code ? 'font-mono text-xs' : undefined}>{row.name}</span>{' '}
        <span className="text-muted">
          × <Num value={row.batches} />
        </span>
      </Td>
      <Td className="tabular whitespace-nowrap text-right">
        {row.median === null ? '–' : formatDuration(row.median)}
      </Td>
      <Td className="tabular whitespace-nowrap text-right">
        {row.p90 === null ? '–' : formatDuration(row.p90)}
      </Td>
      <Td className="pr-0 text-right">
        {row.success === null ? (
          '–'
        ) : (
          <>
            <Num value={Math.floor(row.success * 1_000) / 10} />%
          </>
        )}
      </Td>
    </Tr>
  );
}
