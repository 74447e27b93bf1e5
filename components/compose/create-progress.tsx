'use client';
import { Band } from '#components/ui/band';
import { Button } from '#components/ui/button';
import { Pace } from './pace.tsx';
import { SignInAgain } from './sign-in-again.tsx';
import type { Creating } from './use-create.ts';

/** What becomes of the files once the button is pressed. */
export function CreateProgress({
  creating,
  onCancel,
  onRetry,
}: {
  creating: Creating;
  onCancel: () => void;
  onRetry: () => void;
}) {
  if (creating.step === 'preparing') return <p className="text-muted text-sm">Reading the file once more…</p>;
  if (creating.step === 'uploading') {
    const { sent, total, rate, n, of } = creating;
    const word = of === 1 ? 'Uploading' : `Uploading ${n} of ${of}`;
    return (
      <Pace label="Uploading" word={word} done={sent} total={total} rate={rate}>
        <Button size="sm" look="ghost" onClick={onCancel}>
          Cancel
        </Button>
      </Pace>
    );
  }
  if (creating.step !== 'failed') return null;
  const { message, signedOut, lost, made } = creating;
  if (signedOut) {
    return (
      <Band tone="warn" title="You are signed out.">
        Nothing here is lost. <SignInAgain />, then press Create batch again.
      </Band>
    );
  }
  const title =
    made === 0
      ? 'No batch was made.'
      : `${made} ${made === 1 ? 'batch is' : 'batches are'} made, the rest is not.`;
  if (!lost) {
    return (
      <Band tone="bad" title={title}>
        {message}
      </Band>
    );
  }
  return (
    <Band
      tone="bad"
      title="The connection broke."
      actions={
        <Button size="sm" onClick={onRetry}>
          Try again
        </Button>
      }
    >
      {title} Your files are still here, and what arrived whole is not sent twice.
    </Band>
  );
}
