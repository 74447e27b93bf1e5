'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from '#components/ui/button';
import { useToast } from '#components/ui/toast';
import { sendJson } from '#lib/api-client';
import type { Batch } from '#lib/model/batch';
import { apiPaths } from '#lib/paths';
import { batchQuery, versionOf } from './use-batch.ts';

/** Lets the held parts go; those in line ask again at once. */
export function ReleaseButton({ batch, reason }: { batch: Batch; reason: string | null }) {
  const inLine = batch.parts.every(({ hold }) => hold === null || hold === 'queue');
  const queries = useQueryClient();
  const toast = useToast();
  const release = useMutation({
    mutationFn: () => sendJson<Batch>('POST', apiPaths.releases(batch.id)),
    onSuccess: (released) => queries.setQueryData(batchQuery(batch.id).queryKey, versionOf(released)),
    onError: (error) => toast({ title: error.message, tone: 'bad' }),
  });
  return (
    <Button size="sm" reason={reason} busy={release.isPending} onClick={() => release.mutate()}>
      {inLine ? 'Ask now' : 'Let go'}
    </Button>
  );
}
