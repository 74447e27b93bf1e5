import 'server-only';
import type { ProviderCounts, ProviderState } from './provider.ts';

const words: Record<Exclude<ProviderState, 'unknown'>, string> = {
  pending:
    'pending queued in_queue validating scheduled scheduling not_start not_started submitted created unspecified',
  running: 'in_progress processing running progress started paused updating writing_results',
  finishing: 'finalizing',
  cancelling: 'cancelling cancellation_requested stopping',
  completed:
    'completed complete success succeeded finished done ended partially_completed partially_succeeded',
  failed: 'failed failure error',
  expired: 'expired timeout_exceeded',
  cancelled: 'cancelled stopped',
};

const states = new Map(
  Object.entries(words).flatMap(([state, list]) =>
    list.split(' ').map((word) => [word, state as ProviderState] as const),
  ),
);

/** Every vocabulary seen, in any case and spelling: `InProgress`, `JOB_STATE_RUNNING`, `canceled`. An unknown word keeps polling. */
export function stateOf(word: string): ProviderState {
  const plain = word
    .trim()
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replaceAll('-', '_')
    .replace(/^(job|batch)_state_/, '')
    .replace(/cancell?/, 'cancell');
  return states.get(plain) ?? 'unknown';
}

export function isTerminal(state: ProviderState): boolean {
  return state === 'completed' || state === 'failed' || state === 'expired' || state === 'cancelled';
}

/** `ended` only says that it is over; how, the rest of the batch tells. */
export function endOf(cancelAsked: boolean, counts: Partial<ProviderCounts> | null): ProviderState {
  if (cancelAsked) return 'cancelled';
  const answered = (counts?.succeeded ?? 0) + (counts?.failed ?? 0);
  return answered === 0 && (counts?.expired ?? 0) > 0 ? 'expired' : 'completed';
}
