import { useMutation, useQueryClient } from '@tanstack/react-query';
import { sendJson } from '#lib/api-client';
import type { Batch, BatchPart, LostCall } from '#lib/model/batch';
import type { Decision } from '#lib/model/batch.schema';
import { apiPaths } from '#lib/paths';
import { batchQuery, versionOf } from './use-batch.ts';

/** A lost call of a part, put before a person. */
export type Question = { batch: Batch; part: BatchPart; call: LostCall; onClose: () => void };

export function useDecision(batchId: string, onDone: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (decision: Decision) => sendJson<Batch>('POST', apiPaths.decision(batchId), decision),
    onSuccess: (batch) => {
      queries.setQueryData(batchQuery(batchId).queryKey, versionOf(batch));
      onDone();
    },
  });
}
