'use client';
import { useQueryClient } from '@tanstack/react-query';
import { batchQuery, versionOf } from '#components/batches/use-batch';
import { RetryDialog } from '#components/retries/retry-dialog';
import type { RetryWish } from '#components/retries/retry-wish';
import { useFormat } from '#components/ui/format-context';
import { useToast } from '#components/ui/toast';
import { formatNumber } from '#lib/format';
import type { Batch } from '#lib/model/batch';

/** Asks for a retry and shows the batch running again. */
export function Retrying({ batch, wish, onClose }: { batch: Batch; wish: RetryWish; onClose: () => void }) {
  const queries = useQueryClient();
  const toast = useToast();
  const format = useFormat();
  return (
    <RetryDialog
      batch={batch}
      wish={wish}
      onClose={onClose}
      onSent={(retried, count) => {
        queries.setQueryData(batchQuery(batch.id).queryKey, versionOf(retried));
        toast({ title: `${formatNumber(count, format)} sent again as attempt ${retried.attempts.length}` });
        onClose();
      }}
    />
  );
}
