import 'server-only';
import { isOver, type Phase } from '#lib/model/phase';
import type { AttemptFile, PartRow } from '#lib/store/batches';
import type { PartInput } from './index-orders.ts';

/** A part as the index wants it, its segments by their blob keys. */
export type PartResults = Omit<PartInput, 'segments'> & { segments: string[] };
export type AttemptResults = { n: number; inputKey: string; parts: PartResults[] };

export function partResults(part: PartRow): PartResults {
  const error = part.error === null ? null : (JSON.parse(part.error) as { code: string; message: string });
  const segments = JSON.parse(part.segments) as string[];
  return {
    id: part.id,
    first: part.first_ordinal,
    last: part.last_ordinal,
    segments,
    refused: endsAs(part) === 'failed' && segments.length === 0 ? (error ?? unexplained) : null,
    unanswered: part.provider_batch_id === null && endsAs(part) === 'cancelled' ? 'cancelled' : 'missing',
  };
}

/** What the attempts of a batch have brought. A retry counts with the parts that are over, and the one that ends just now. */
export function attemptResults(files: AttemptFile[], parts: PartRow[], ending?: string): AttemptResults[] {
  return files.flatMap(({ n, blobKey }) => {
    const ended = (part: PartRow) => n === 1 || isOver(part.phase) || part.id === ending;
    const mine = parts.filter((part) => part.attempt === n && ended(part)).map(partResults);
    return mine.length === 0 ? [] : [{ n, inputKey: blobKey, parts: mine }];
  });
}

const unexplained = {
  code: 'failed_upstream',
  message: 'The provider failed the whole batch without saying why.',
};

export function endsAs(part: PartRow): Phase {
  return part.ends_as ?? part.phase;
}
