import 'server-only';
import type { Phase } from '#lib/model/phase';
import type { PartRow } from '#lib/store/batches';
import type { PartInput } from './index-orders.ts';

/** A part as the index wants it, its segments by their blob keys. */
export type PartResults = Omit<PartInput, 'segments'> & { segments: string[] };

export function partResults(part: PartRow): PartResults {
  const error = part.error === null ? null : (JSON.parse(part.error) as { code: string; message: string });
  const segments = JSON.parse(part.segments) as string[];
  return {
    first: part.first_ordinal,
    last: part.last_ordinal,
    attempt: part.attempt,
    segments,
    refused: endsAs(part) === 'failed' && segments.length === 0 ? (error ?? unexplained) : null,
    unanswered: part.provider_batch_id === null && endsAs(part) === 'cancelled' ? 'cancelled' : 'missing',
  };
}

const unexplained = {
  code: 'failed_upstream',
  message: 'The provider failed the whole batch without saying why.',
};

export function endsAs(part: PartRow): Phase {
  return part.ends_as ?? part.phase;
}
