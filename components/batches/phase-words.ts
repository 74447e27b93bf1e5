import type { Tone } from '#components/ui/badge';
import type { StatusShape } from '#components/ui/status-icon';
import { type BatchSummary, endedWell } from '#lib/model/batch';
import type { Attention, Phase } from '#lib/model/phase';

export type PhaseWords = { shape: StatusShape; tone: Tone; word: string };

const going: Record<Phase, PhaseWords> = {
  queued: { shape: 'waiting', tone: 'idle', word: 'queued' },
  submitting: { shape: 'working', tone: 'info', word: 'sending' },
  pending: { shape: 'waiting', tone: 'info', word: 'accepted' },
  running: { shape: 'working', tone: 'info', word: 'running' },
  finishing: { shape: 'working', tone: 'info', word: 'finishing' },
  collecting: { shape: 'working', tone: 'info', word: 'collecting results' },
  cancelling: { shape: 'working', tone: 'idle', word: 'cancelling' },
  completed: { shape: 'done', tone: 'ok', word: 'completed' },
  failed: { shape: 'failed', tone: 'bad', word: 'failed' },
  expired: { shape: 'expired', tone: 'warn', word: 'expired' },
  cancelled: { shape: 'stopped', tone: 'idle', word: 'cancelled' },
};

const needs: Record<Attention, string> = {
  unreachable: 'unreachable',
  gone_upstream: 'gone upstream',
  needs_decision: 'needs you: decide',
  credential_rejected: 'key refused',
  stalled: 'stalled',
  held: 'held back',
};

/** Where a batch stands, in a word with a shape. Green is only for batches in which everything succeeded. */
export function wordsOf(batch: Pick<BatchSummary, 'phase' | 'attention' | 'counts'>): PhaseWords {
  if (batch.attention) return { shape: 'asking', tone: 'warn', word: needs[batch.attention] };
  if (batch.phase !== 'completed' || endedWell(batch)) return going[batch.phase];
  const tone = batch.counts.succeeded === 0 ? 'bad' : 'warn';
  return { shape: 'partly', tone, word: 'completed' };
}

export function phaseWord(phase: Phase): string {
  return going[phase].word;
}
