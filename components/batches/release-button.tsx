'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from '#components/ui/button';
import { useToast } from '#components/ui/toast';
import { sendJson } from '#lib/api-client';
import type { Batch } from '#lib/model/batch';
import { apiPaths } from '#lib/paths';
import { batchQuery, versionOf } from './use-batch.ts';

/** Lets the held parts go. */
export function ReleaseButton({ batchId, reason }: { batchId: string; reason: string | null }) {
  const queries = useQueryClient();
  const toast = useToast();
  const release = useMutation({
    mutationFn: () => sendJson<Batch>('POST', apiPaths.releases(batchId)),
    onSuccess: (batch) => queries.setQueryData(batchQuery(batchId).queryKey, versionOf(batch)),
    onError: (error) => toast({ title: error.message, tone: 'bad' }),
  });
  return (
    <Button size="sm" reason={reason} busy={release.isPending} onClick={() => release.mutate()}>
      Let go
    </Button>
  );
}
