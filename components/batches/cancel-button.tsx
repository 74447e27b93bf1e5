'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Band } from '#components/ui/band';
import { Button } from '#components/ui/button';
import { Dialog } from '#components/ui/dialog';
import { useFormat } from '#components/ui/format-context';
import { useToast } from '#components/ui/toast';
import { sendJson } from '#lib/api-client';
import { formatNumber } from '#lib/format';
import type { Batch } from '#lib/model/batch';
import type { Cancellation } from '#lib/model/cancellation';
import { apiPaths } from '#lib/paths';
import { batchQuery, versionOf } from './use-batch.ts';

type Cancelled = Batch & { cancellation: Cancellation };

/** Asks once more, naming what would be stopped; the safe answer has the focus. */
export function CancelButton({ batch, mayOperate }: { batch: Batch; mayOperate: boolean }) {
  const format = useFormat();
  const queries = useQueryClient();
  const toast = useToast();
  const [open, setOpen] = useState(false);
  const cancel = useMutation({
    mutationFn: () => sendJson<Cancelled>('POST', apiPaths.cancellation(batch.id)),
    onSuccess: ({ cancellation, ...cancelled }) => {
      queries.setQueryData(batchQuery(batch.id).queryKey, versionOf(cancelled));
      if (cancellation.state !== 'asked') toast({ title: cancellation.message, tone: 'info' });
      setOpen(false);
    },
  });
  const requests = `${formatNumber(batch.counts.total, format)} ${batch.counts.total === 1 ? 'request' : 'requests'}`;
  return (
    <>
      <Button reason={whyNot(batch, mayOperate)} onClick={() => setOpen(true)}>
        Cancel batch
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={`Cancel “${batch.name}”?`}
        description={`${batch.connection.name} is asked to stop these ${requests}. What it has answered by then is kept, and may be charged.`}
        footer={
          <>
            <Button data-autofocus onClick={() => setOpen(false)}>
              Keep it running
            </Button>
            <Button look="danger" busy={cancel.isPending} onClick={() => cancel.mutate()}>
              Cancel batch
            </Button>
          </>
        }
      >
        {cancel.error && <Band tone="bad">{cancel.error.message}</Band>}
      </Dialog>
    </>
  );
}

function whyNot({ phase }: Batch, mayOperate: boolean): string | null {
  if (!mayOperate) return 'Your role may read batches, not cancel them.';
  if (phase === 'cancelling') return 'It is being cancelled.';
  return phase === 'collecting' ? 'It is done already; only its results are being read.' : null;
}
