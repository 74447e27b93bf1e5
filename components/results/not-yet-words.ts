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
  submitting: 'The provider has not confirmed the batch yet.',
  collecting: 'The answers have arrived and are being sorted to their requests.',
  cancelling: 'The provider was asked to stop. What it has answered until then is kept.',
};

/** What stands where lines are sent again and nothing of it has been answered yet. */
export function meanwhileWords(attention: Attention | null): string {
  return attention === 'needs_decision'
    ? 'Sending some requests again waits for a decision. Until they are answered, what was answered before stands here.'
    : 'Some requests are sent again. Until they are answered, what was answered before stands here.';
}
