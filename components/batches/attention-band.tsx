'use client';
import { useState } from 'react';
import { Band } from '#components/ui/band';
import { Button } from '#components/ui/button';
import { useFormat, useNow } from '#components/ui/format-context';
import { formatClock } from '#lib/format';
import type { Batch } from '#lib/model/batch';
import { paths } from '#lib/paths';
import { attentionWords } from './attention-words.ts';
import { BindDialog } from './bind-dialog.tsx';
import { GiveUpDialog, ResendDialog } from './decide-dialogs.tsx';

type Asking = 'bind' | 'resend' | 'give_up' | null;

/** One band when something needs a person: what happened, why, and what one can do. */
export function AttentionBand({ batch, mayOperate }: { batch: Batch; mayOperate: boolean }) {
  const format = useFormat();
  const now = useNow();
  const [asking, setAsking] = useState<Asking>(null);
  if (!batch.attention) return null;
  const { title, text } = attentionWords(
    batch.attention,
    batch,
    formatClock(batch.times.created, now, format),
  );
  const part = batch.parts.find(({ phase }) => phase === 'submitting');
  const decides = batch.attention === 'needs_decision' && part !== undefined;
  const reason = mayOperate ? null : 'Your role may read batches, not decide.';
  const close = () => setAsking(null);
  return (
    <>
      <Band
        tone="warn"
        title={title}
        actions={
          decides ? (
            <>
              <Button size="sm" reason={reason} onClick={() => setAsking('bind')}>
                Paste its id
              </Button>
              <Button size="sm" reason={reason} onClick={() => setAsking('resend')}>
                Send again
              </Button>
              <Button size="sm" look="ghost" reason={reason} onClick={() => setAsking('give_up')}>
                Give up
              </Button>
            </>
          ) : batch.attention === 'credential_rejected' ? (
            <a href={paths.connections} className="text-accent text-sm underline underline-offset-4">
              Replace key
            </a>
          ) : null
        }
      >
        {text}
      </Band>
      {decides && asking === 'bind' && <BindDialog batch={batch} partId={part.id} onClose={close} />}
      {decides && asking === 'resend' && <ResendDialog batch={batch} partId={part.id} onClose={close} />}
      {decides && asking === 'give_up' && <GiveUpDialog batch={batch} partId={part.id} onClose={close} />}
    </>
  );
}
