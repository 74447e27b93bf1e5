import 'server-only';
import type { BatchPart, Candidate, Counts, LostCall } from '#lib/model/batch';
import { isOver } from '#lib/model/phase';
import { consoleUrl } from '#lib/model/preset';
import { countsOf, iso, isoOrNull } from '#lib/store/batch-facts';
import type { IntentRow, PartRow } from '#lib/store/batches';
import { fetchedOf } from './fetched.ts';
import { freeAt } from './free-at.ts';
import type { Seen } from './which-is-ours.ts';

type Called = { preset: string; baseUrl: string };

/** `intents` are those of the part, `calls` is who its batch is sent to. */
export function showPart(part: PartRow, intents: IntentRow[], calls: Called): BatchPart {
  const { sha256, lines } = fetchedOf(part);
  const lostCall = lostCallOf(part, intents);
  return {
    id: part.id,
    attempt: part.attempt,
    n: part.n,
    phase: part.phase,
    attention: isOver(part.phase) ? null : part.attention,
    firstOrdinal: part.first_ordinal,
    lastOrdinal: part.last_ordinal,
    rawStatus: part.raw_status,
    rawAnswer: part.raw_answer,
    providerBatchId: part.provider_batch_id,
    consoleUrl: consoleUrl(calls.preset, calls.baseUrl, part.provider_batch_id),
    counts: countsOfPart(part),
    hold: part.hold,
    error: part.error === null ? null : (JSON.parse(part.error) as { code: string; message: string }),
    nextCheckAt: willBeAsked(part, lostCall) ? iso(part.due_at) : null,
    failures: isOver(part.phase) ? 0 : part.failures,
    movedAt: isoOrNull(part.moved_at),
    lostCall,
    settling: part.phase === 'submitting' && intents.at(-1)?.state === 'lost',
    strays: straysOf(part, intents),
    received: sha256 ? { lines, sha256 } : null,
  };
}

/** The provider is; the clock looks at what is held too, and at a lost call that no list could settle. */
function willBeAsked({ phase, due_at, hold }: PartRow, lostCall: LostCall | null): boolean {
  if (lostCall !== null && lostCall.candidates === null) return false;
  return !isOver(phase) && due_at !== 0 && (hold === null || hold === 'queue');
}

export function countsOfPart(part: PartRow): Counts {
  return countsOf(part, part.last_ordinal - part.first_ordinal + 1, isOver(part.phase));
}

function lostCallOf(part: PartRow, intents: IntentRow[]): LostCall | null {
  if (part.attention !== 'needs_decision' || part.phase !== 'submitting') return null;
  const lost = intents.filter(({ state }) => state === 'lost' || state === 'sent').at(-1);
  if (!lost) return null;
  const seen = lost.candidates === null ? null : (JSON.parse(lost.candidates) as Seen[]);
  return {
    sentAt: iso(lost.sent_at ?? lost.created_at),
    freeAt: iso(freeAt(lost)),
    candidates: seen?.map((one): Candidate => ({ ...one, createdAt: isoOrNull(one.createdAt) })) ?? null,
  };
}

/** What came of calls that a person had given up by then. */
function straysOf(part: PartRow, intents: IntentRow[]): string[] {
  return intents.flatMap(({ state, provider_batch_id: id }) =>
    id !== null && id !== part.provider_batch_id && (state === 'abandoned' || state === 'bound') ? [id] : [],
  );
}
