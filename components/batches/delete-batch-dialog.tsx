'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { Band } from '#components/ui/band';
import { Button } from '#components/ui/button';
import { Dialog } from '#components/ui/dialog';
import { useFormat } from '#components/ui/format-context';
import { useToast } from '#components/ui/toast';
import { sendJson } from '#lib/api-client';
import { formatNumber } from '#lib/format';
import type { Batch } from '#lib/model/batch';
import { apiPaths, paths } from '#lib/paths';

export function DeleteBatchDialog({ batch, onClose }: { batch: Batch; onClose: () => void }) {
  const format = useFormat();
  const router = useRouter();
  const queries = useQueryClient();
  const toast = useToast();
  const remove = useMutation({
    mutationFn: () => sendJson('DELETE', apiPaths.batch(batch.id)),
    onSuccess: () => {
      queries.invalidateQueries({ queryKey: ['batches', 'list'] });
      toast({ title: `“${batch.name}” was deleted` });
      router.push(paths.batches);
    },
  });
  const { total } = batch.counts;
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Delete “${batch.name}”?`}
      description={`The ${formatNumber(total, format)} ${total === 1 ? 'result goes' : 'results go'} with it, and its share links end at once. The file stays under Files.`}
      footer={
        <>
          <Button data-autofocus onClick={onClose}>
            Keep it
          </Button>
          <Button look="danger" busy={remove.isPending} onClick={() => remove.mutate()}>
            Delete batch
          </Button>
        </>
      }
    >
      {remove.error && <Band tone="bad">{remove.error.message}</Band>}
    </Dialog>
  );
}
