import type { Batch } from './batch.ts';

/** What asking for the end of a batch came to. It is answered, whatever the batch does. */
export type Cancellation = {
  state: 'asked' | 'unsent_only' | 'already_asked' | 'already_finished';
  message: string;
};

export function cancellationWords(
  state: Cancellation['state'],
  { connection, phase }: Pick<Batch, 'connection' | 'phase'>,
): string {
  const who = connection.name;
  const words: Record<Cancellation['state'], string> = {
    asked: connection.paused
      ? `${who} is paused. What was not sent yet ends here; what it has is asked to stop once it is resumed.`
      : `${who} is asked to stop. What it has answered by then is kept.`,
    unsent_only: `${who} cannot stop what it has. Parts that were not sent yet end here; the others run to their end.`,
    already_asked: 'It is being cancelled already.',
    already_finished:
      phase === 'cancelled'
        ? 'It is cancelled already. Nothing was changed.'
        : 'It had already finished. Nothing was cancelled, and its results stay.',
  };
  return words[state];
}
