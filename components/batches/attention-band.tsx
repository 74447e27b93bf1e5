'use client';
import { useState } from 'react';
import { Band } from '#components/ui/band';
import { Button } from '#components/ui/button';
import { useFormat, useNow } from '#components/ui/format-context';
import { formatClock, formatDuration } from '#lib/format';
import type { Batch } from '#lib/model/batch';
import { paths } from '#lib/paths';
import { attentionWords, type Saying } from './attention-words.ts';
import { BindDialog } from './bind-dialog.tsx';
import { GiveUpDialog, ResendDialog } from './decide-dialogs.tsx';
import { ReleaseButton } from './release-button.tsx';

type Asking = 'bind' | 'resend' | 'give_up' | null;

/** One band when something needs a person: what happened, why, and what one can do. */
export function AttentionBand({ batch, mayOperate }: { batch: Batch; mayOperate: boolean }) {
  const say = useSaying();
  if (!batch.attention) return null;
  const { title, text } = attentionWords(batch.attention, batch, say);
  const lost = batch.parts.filter(({ lostCall }) => lostCall !== null);
  const which = lost[0] && batch.parts.length > 1 ? `Part ${lost[0].n} of ${batch.parts.length}: ` : '';
  return (
    <Band tone="warn" title={which + title} actions={<Actions batch={batch} mayOperate={mayOperate} />}>
      {text}
      {lost.length > 1 && ` ${lost.length - 1} more after this one.`}
    </Band>
  );
}

function useSaying(): Saying {
  const format = useFormat();
  const now = useNow();
  return {
    clock: (at) => formatClock(at, now, format),
    since: (at) => formatDuration(now - Date.parse(at)),
    until: (at) =>
      Date.parse(at) - now > 1_000 ? `in ${formatDuration(Date.parse(at) - now)}` : 'under way',
  };
}

function Actions({ batch, mayOperate }: { batch: Batch; mayOperate: boolean }) {
  const reason = mayOperate ? null : 'Your role may read batches, not decide.';
  const { paused } = batch.connection;
  if (batch.attention === 'needs_decision') return <Decide batch={batch} reason={reason} />;
  if (batch.attention === 'credential_rejected' || (batch.attention === 'held' && paused)) {
    return (
      <a href={paths.connections} className="text-accent text-sm underline underline-offset-4">
        {batch.attention === 'held' ? 'Open connections' : 'Replace key'}
      </a>
    );
  }
  return batch.attention === 'held' ? <ReleaseButton batch={batch} reason={reason} /> : null;
}

function Decide({ batch, reason }: { batch: Batch; reason: string | null }) {
  const [asking, setAsking] = useState<Asking>(null);
  const part = batch.parts.find(({ lostCall }) => lostCall !== null);
  if (!part?.lostCall) return null;
  const found = part.lostCall.candidates?.length ?? 0;
  const dialog = { batch, part, call: part.lostCall, onClose: () => setAsking(null) };
  return (
    <>
      <Button size="sm" reason={reason} onClick={() => setAsking('bind')}>
        {found > 0 ? 'Choose' : 'Paste its id'}
      </Button>
      <Button size="sm" reason={reason} onClick={() => setAsking('resend')}>
        Send again
      </Button>
      <Button size="sm" look="ghost" reason={reason} onClick={() => setAsking('give_up')}>
        Give up
      </Button>
      {asking === 'bind' && <BindDialog {...dialog} />}
      {asking === 'resend' && <ResendDialog {...dialog} />}
      {asking === 'give_up' && <GiveUpDialog {...dialog} />}
    </>
  );
}
