import 'server-only';
import type { ProviderState } from '#lib/providers/provider';

const words: Record<Exclude<ProviderState, 'unknown'>, string> = {
  pending: 'pending queued in_queue validating scheduling not_start not_started submitted created',
  running: 'in_progress processing running progress started',
  finishing: 'finalizing',
  cancelling: 'cancelling cancellation_requested',
  completed: 'completed complete success succeeded finished done ended',
  failed: 'failed failure error',
  expired: 'expired timeout_exceeded',
  cancelled: 'cancelled',
};

const states = new Map(
  Object.entries(words).flatMap(([state, list]) =>
    list.split(' ').map((word) => [word, state as ProviderState] as const),
  ),
);

/** Both vocabularies and both spellings; an unknown word keeps polling. */
export function stateOf(word: string): ProviderState {
  const plain = word.trim().toLowerCase().replaceAll('-', '_').replace('cancell', 'cancel');
  return states.get(plain.replace('cancel', 'cancell')) ?? 'unknown';
}

export function isTerminal(state: ProviderState): boolean {
  return state === 'completed' || state === 'failed' || state === 'expired' || state === 'cancelled';
}
