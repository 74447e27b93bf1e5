import type { BatchPart, Notice } from './batch.ts';
import { warnAheadMs } from './patience.ts';
import { isOver } from './phase.ts';

type Told = Pick<BatchPart, 'n' | 'phase' | 'strays' | 'error'>;

/** What is worth knowing about a part. `resultsUntil` is how long its results are kept at the provider at least. */
export function noticesOf(part: Told, who: string, resultsUntil: number | null, now: number): Notice[] {
  const open = !isOver(part.phase) && part.phase !== 'collecting';
  const expiring = open && resultsUntil !== null && resultsUntil - now < warnAheadMs;
  return [
    ...(expiring
      ? [
          {
            code: 'results_expire' as const,
            part: part.n,
            at: new Date(resultsUntil).toISOString(),
            message:
              resultsUntil > now
                ? `${who} may delete the results soon, and they have not been fetched yet.`
                : `${who} may have deleted the results by now. They were not fetched in time.`,
          },
        ]
      : []),
    ...(part.error?.code === 'results_gone'
      ? [{ code: 'results_gone' as const, part: part.n, at: null, message: part.error.message }]
      : []),
    ...part.strays.map((id) => ({
      code: 'stray' as const,
      part: part.n,
      at: null,
      message: `${id} runs at ${who} too: the first call got through after it was sent again. It is not followed here; cancel it in the console of ${who}.`,
    })),
  ];
}
