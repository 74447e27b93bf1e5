import { formatDuration } from '#lib/format';
import type { Batch, EtaUnknown } from '#lib/model/batch';
import { isOver, type Phase } from '#lib/model/phase';

type Standing = Pick<
  Batch,
  'phase' | 'attention' | 'counts' | 'countsAre' | 'connection' | 'parts' | 'eta' | 'etaUnknown'
>;

/** What is going on and what happens next, in one sentence. */
export function sentenceOf(batch: Standing): string {
  const who = batch.connection.name;
  if (batch.attention === 'needs_decision')
    return 'It waits for a decision. Nothing more is sent before that.';
  const waiting = whyItWaits(batch) ?? whatIsInDoubt(batch);
  if (waiting) return waiting;
  const next: Partial<Record<Phase, string>> = {
    queued: 'Waiting to be sent; that takes seconds unless something is in the way.',
    submitting: `On its way to ${who}.`,
    pending: `${who} has accepted it and will start it.`,
    running: [
      batch.countsAre === 'live' ? `${who} is working on it.` : `${who} reports counts only at the end.`,
      whyNoForecast(batch),
    ]
      .filter(Boolean)
      .join(' '),
    finishing: `${who} is done and writes the results.`,
    collecting: 'The results are being read and matched to their requests.',
    cancelling: `${who} was asked to stop. What it has answered by then is kept.`,
  };
  return next[batch.phase] ?? endOf(batch);
}

/** Held up by what all batches of the connection are held up by. */
function whyItWaits({ connection, parts, phase }: Standing): string | null {
  if (isOver(phase)) return null;
  const holds = parts.map(({ hold }) => hold);
  const { name, paused } = connection;
  if (holds.includes('connection') && paused) {
    return paused.keyRefused
      ? `It waits: ${name} refused the key. It goes on by itself once the key is replaced.`
      : `It waits: ${name} is paused. It goes on by itself once it is resumed.`;
  }
  const inLine = holds.filter((hold) => hold === 'queue').length;
  if (inLine === 0) return null;
  const what = parts.length === 1 ? 'It waits' : `${inLine} of ${parts.length} parts wait`;
  return `${what} in line: ${name} has no room for more just now.`;
}

/** What went wrong on the way there or back, and is being settled. */
function whatIsInDoubt({ connection: { name }, parts, phase }: Standing): string | null {
  if (isOver(phase)) return null;
  if (parts.some(({ settling }) => settling)) {
    return `The answer to the create call was lost. The batch is looked for at ${name}; nothing is sent again before it is settled.`;
  }
  const unsure = parts.find((part) => part.received && !isOver(part.phase) && part.phase !== 'collecting');
  return unsure ? `${name} says it is done. ${unsure.rawAnswer ?? ''}`.trim() : null;
}

function whyNoForecast({ eta, etaUnknown, attention }: Standing): string | null {
  if (eta || etaUnknown === null || attention === 'stalled') return null;
  const words: Record<EtaUnknown, string | null> = {
    not_sent: null,
    waiting: null,
    no_history: 'How long this takes is not known here yet.',
    no_movement: 'It has slowed down, so that nobody can say when it will be done.',
    overdue: 'It takes longer than others of its size did here.',
  };
  return words[etaUnknown];
}

/** What is looked at, in so many milliseconds, while all that is under way waits for a decision; else null. */
export function undecidedWords(
  { connection, parts }: Pick<Batch, 'connection' | 'parts'>,
  wait: number | null,
): string | null {
  const going = parts.filter(({ phase }) => !isOver(phase));
  if (going.length === 0 || going.some(({ attention }) => attention !== 'needs_decision')) return null;
  if (wait === null) return 'nothing is checked before the decision';
  const when = wait > 1_000 ? `again in ${formatDuration(wait)}` : 'now';
  return `what ${connection.name} lists is looked through ${when}`;
}

/** When the last of its parts that are under way changed at the provider. */
export function movedAt({ parts }: Pick<Batch, 'parts'>): string | null {
  const moves = parts.flatMap((part) => (isOver(part.phase) ? [] : (part.movedAt ?? [])));
  return moves.sort().at(-1) ?? null;
}

function endOf({ phase, counts, parts }: Standing): string {
  const error = parts.find((part) => part.error !== null)?.error;
  if (phase === 'failed' && error) return error.message;
  if (phase === 'completed' && counts.succeeded === counts.total) return 'Every request has its answer.';
  if (phase === 'completed' && counts.succeeded === 0) return 'No request succeeded. The results say why.';
  if (phase === 'completed') return 'Some requests did not succeed. The results say which and why.';
  if (phase === 'cancelled') return 'Stopped on request. What was answered before is kept.';
  if (phase === 'expired') return 'The time the provider gives ran out. What was answered before is kept.';
  return 'The batch failed as a whole. Timeline and Details say what the provider answered.';
}

/** `2,302 succeeded · 12 failed · 2,686 to go`, as pairs so that each can have its color. */
export function tallyOf({ counts }: Pick<Batch, 'counts'>): [keyof Batch['counts'], number, string][] {
  const words = [
    ['succeeded', 'succeeded'],
    ['failed', 'failed'],
    ['expired', 'expired'],
    ['cancelled', 'cancelled'],
    ['missing', 'missing'],
    ['pending', 'to go'],
  ] as const;
  return words
    .filter(([name]) => counts[name] > 0 || name === 'succeeded')
    .map(([name, word]) => [name, counts[name], word]);
}

export const stages = ['created', 'sent', 'accepted', 'running', 'collecting', 'done'] as const;

/** The stage under way; all of them are behind once it is over. */
export function stageOf(phase: Phase): number {
  const at: Partial<Record<Phase, number>> = {
    queued: 0,
    submitting: 1,
    pending: 2,
    running: 3,
    finishing: 3,
    cancelling: 3,
    collecting: 4,
  };
  return at[phase] ?? 5;
}

/** What is still to come, the last of it first. */
export function toCome(phase: Phase): string[] {
  const words = ['Created', 'Sent', 'Accepted by the provider', 'Running', 'Results collected', 'Done'];
  return words.slice(stageOf(phase) + 1).reverse();
}

/** What a listener should hear between two states: the phase when it changes, else each tenth percent. */
export function announcement(
  before: Pick<Batch, 'phase' | 'progress'>,
  now: Pick<Batch, 'phase' | 'progress' | 'counts'>,
  word: string,
): string | null {
  if (now.phase !== before.phase) {
    return isOver(now.phase) ? `${word}: ${now.counts.succeeded} of ${now.counts.total} succeeded` : word;
  }
  const tenth = (progress: number | null) => Math.floor((progress ?? 0) / 10);
  return tenth(now.progress) > tenth(before.progress) ? `${tenth(now.progress) * 10} percent` : null;
}

export function titleOf(batch: Pick<Batch, 'phase' | 'progress' | 'name'>, word: string): string {
  const state =
    batch.progress !== null && !isOver(batch.phase) && batch.progress > 0 ? `${batch.progress} %` : word;
  return `${state} · ${batch.name} · Batchdeck`;
}
