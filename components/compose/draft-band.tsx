'use client';
import { Band } from '#components/ui/band';
import { Button } from '#components/ui/button';
import { Time } from '#components/ui/time';
import { paths } from '#lib/paths';
import type { DraftKeeper, DraftStep } from './draft-keeper.ts';

/** When a draft cannot just be saved: what happened, and the choices there are. */
export function DraftBand({ step, keeper, kept }: { step: DraftStep; keeper: DraftKeeper; kept: boolean }) {
  if (step.step === 'conflict') {
    const { updatedBy, updatedAt } = step.theirs;
    return (
      <Band
        tone="warn"
        title={
          <>
            {updatedBy} saved this draft <Time at={updatedAt} />.
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
        You changed it too. Nothing is saved before you choose.
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
          You are signed out.{' '}
          <a
            href={paths.signIn()}
            target="_blank"
            rel="noopener"
            className="text-accent underline underline-offset-4"
          >
            Sign in in a new tab
          </a>
          , and it is saved from here.
        </>
      ) : (
        step.message
      )}
    </Band>
  );
}
