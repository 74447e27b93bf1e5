'use client';
import { Band } from '#components/ui/band';
import { Button } from '#components/ui/button';
import { Time } from '#components/ui/time';
import type { DraftKeeper, DraftStep } from './draft-keeper.ts';
import { SignInAgain } from './sign-in-again.tsx';

/** When a draft cannot just be saved: what happened, and the choices there are. */
export function DraftBand({
  step,
  keeper,
  kept,
  me,
}: {
  step: DraftStep;
  keeper: DraftKeeper;
  kept: boolean;
  me: string;
}) {
  if (step.step === 'conflict') {
    const { updatedBy, updatedAt } = step.theirs;
    return (
      <Band
        tone="warn"
        title={
          <>
            {updatedBy === me ? 'You' : updatedBy} saved this draft <Time at={updatedAt} />
            {updatedBy === me && ', in another tab or on another machine'}.
          </>
        }
        actions={
          <>
            <Button size="sm" onClick={() => keeper.keepBoth()}>
              Keep mine as a copy
            </Button>
            <Button size="sm" onClick={() => keeper.takeTheirs()}>
              Take theirs
            </Button>
            <Button size="sm" onClick={() => keeper.keepMine()}>
              Overwrite theirs
            </Button>
          </>
        }
      >
        It was changed here, too. Nothing is saved before you choose.
      </Band>
    );
  }
  if (step.step === 'gone') {
    return (
      <Band
        tone="info"
        title="This draft is no longer there."
        actions={
          kept && (
            <Button size="sm" onClick={() => keeper.keepBoth()}>
              Keep this as a new draft
            </Button>
          )
        }
      >
        It was sent or deleted.
      </Band>
    );
  }
  if (step.step !== 'failed') return null;
  return (
    <Band tone="warn" title="The draft could not be saved.">
      {step.signedOut ? (
        <>
          You are signed out. <SignInAgain />, and it is saved from here.
        </>
      ) : (
        step.message
      )}
    </Band>
  );
}
