'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Band } from '#components/ui/band';
import { Button } from '#components/ui/button';
import { Dialog } from '#components/ui/dialog';
import { useToast } from '#components/ui/toast';
import { ApiError } from '#lib/api-client';
import type { Connection } from '#lib/model/connection';
import { connectionsKey, deleteConnection } from './queries.ts';
import { batchWords } from './state-words.ts';

/** While batches need it, it goes only by force, and then what becomes of them is said first. */
export function DeleteConnectionDialog({
  connection,
  onClose,
  onDeleted,
}: {
  connection: Connection;
  onClose: () => void;
  onDeleted?: () => void;
}) {
  const queries = useQueryClient();
  const toast = useToast();
  const [force, setForce] = useState(false);
  const { name } = connection;
  const remove = useMutation({
    mutationFn: () => deleteConnection(connection.id, force),
    onSuccess: () => {
      toast({ title: `${name} was deleted` });
      onClose();
      onDeleted?.();
      return queries.invalidateQueries({ queryKey: connectionsKey });
    },
  });
  const needing = Math.max(neededBy(remove.error), connection.batches.running + connection.batches.waiting);
  const unfinished = needing === 1 ? '1 unfinished batch' : `${needing} unfinished batches`;
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Delete ${name}?`}
      description={`${connection.key ? 'Its key is destroyed. ' : ''}Batches that are over stay, with their results.`}
      footer={
        <>
          <Button onClick={onClose} data-autofocus>
            Keep it
          </Button>
          <Button
            look="danger"
            busy={remove.isPending}
            reason={needing > 0 && !force && `${unfinished} ${needing === 1 ? 'needs' : 'need'} it.`}
            onClick={() => remove.mutate()}
          >
            Delete {name}
          </Button>
        </>
      }
    >
      {needing > 0 && (
        <Band tone="warn" title={`${unfinished} ${needing === 1 ? 'needs' : 'need'} this connection`}>
          <p>
            Deleted now, {needing === 1 ? 'it ends' : 'they end'} as failed without another call. Results
            collected so far stay. What is at the provider goes on there unseen, and may be charged: cancel
            first if it should stop.
          </p>
          <label className="mt-2.5 flex items-start gap-2 font-medium text-ink">
            <input
              type="checkbox"
              checked={force}
              onChange={(event) => setForce(event.target.checked)}
              className="mt-0.5 size-4 shrink-0 [accent-color:var(--accent)]"
            />
            Give up {batchWords(needing)} and delete {name}
          </label>
        </Band>
      )}
      {remove.error && needing === 0 && <Band tone="bad">{remove.error.message}</Band>}
    </Dialog>
  );
}

/** A batch made meanwhile is known to the server only. */
function neededBy(error: Error | null): number {
  const details = error instanceof ApiError ? (error.details as { batches?: number } | undefined) : undefined;
  return details?.batches ?? 0;
}
