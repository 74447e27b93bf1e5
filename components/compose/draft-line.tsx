'use client';
import { CloudAlert, CloudCheck, LoaderCircle } from 'lucide-react';
import { CopyButton } from '#components/ui/copy-button';
import { paths } from '#lib/paths';
import type { DraftStep } from './draft-keeper.ts';

/** Whether what is typed is kept, and how to hand it to somebody. */
export function DraftLine({ step, id }: { step: DraftStep; id: string | null }) {
  if (step.step === 'none' || step.step === 'gone') {
    return <p className="text-muted text-xs">What you type is kept as a draft.</p>;
  }
  const failed = step.step === 'failed' || step.step === 'conflict';
  const Icon = failed ? CloudAlert : step.step === 'saving' ? LoaderCircle : CloudCheck;
  return (
    <div className="flex flex-wrap items-center justify-between gap-2 text-muted text-xs">
      <span role="status" className="flex items-center gap-1.5">
        <Icon aria-hidden className={failed ? 'size-4 text-warn' : 'size-4'} />
        {failed ? 'Draft not saved' : step.step === 'saving' ? 'Saving draft' : 'Draft saved'}
      </span>
      {id && (
        <CopyButton value={() => `${location.origin}${paths.draft(id)}`} look="ghost">
          Copy link
        </CopyButton>
      )}
    </div>
  );
}
