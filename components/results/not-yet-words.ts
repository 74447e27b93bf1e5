import type { Attention, Phase } from '#lib/model/phase';

/** Why there are no results yet, and when there will be. */
export function notYetWords(phase: Phase, attention: Attention | null): string {
  if (attention === 'needs_decision') {
    return 'The batch waits for a decision. Results appear here by themselves once it is made and the provider is done.';
  }
  return going[phase] ?? 'The provider is working. Results appear here by themselves when it is done.';
}

const going: Partial<Record<Phase, string>> = {
  queued: 'The batch has not been sent yet.',
  submitting: 'The batch is on its way to the provider.',
  collecting: 'The answers have arrived and are being sorted to their requests.',
  cancelling: 'The provider was asked to stop. What it has answered until then is kept.',
};
