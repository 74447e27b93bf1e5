'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Band } from '#components/ui/band';
import { Button } from '#components/ui/button';
import { Dialog } from '#components/ui/dialog';
import { Field } from '#components/ui/field';
import { useFormat } from '#components/ui/format-context';
import { Input } from '#components/ui/input';
import { useToast } from '#components/ui/toast';
import { sendJson } from '#lib/api-client';
import { formatNumber } from '#lib/format';
import { tagsIn } from '#lib/model/tags';
import { apiPaths } from '#lib/paths';
import { type ListFilter, wordsOf } from './list-filter.ts';

export type BulkAction = 'cancel' | 'delete' | 'tag';
export type Which = { ids: string[] } | { filter: ListFilter; count: number };
type Answer = { done: number; skipped: { id: string; reason: string }[] };

const words: Record<BulkAction, { title: (n: string) => string; about: string; keep: string; go: string }> = {
  cancel: {
    title: (n) => `Cancel ${n}?`,
    about:
      'Those that still run are asked to stop. What they have answered by then is kept, and may be charged.',
    keep: 'Keep them running',
    go: 'Cancel',
  },
  delete: {
    title: (n) => `Delete ${n}?`,
    about: 'Their results and share links go with them. Batches that are not over yet are left as they are.',
    keep: 'Keep them',
    go: 'Delete',
  },
  tag: {
    title: (n) => `Tag ${n}`,
    about: 'Tags are words to find batches by.',
    keep: 'Leave them',
    go: 'Save tags',
  },
};

/** Names the exact count before anything happens, and tells afterwards what was left and why. */
export function BulkDialog({
  action,
  which,
  count,
  onClose,
  onDone,
}: {
  action: BulkAction;
  which: Which;
  count: number;
  onClose: () => void;
  onDone: () => void;
}) {
  const format = useFormat();
  const queries = useQueryClient();
  const toast = useToast();
  const [add, setAdd] = useState('');
  const [remove, setRemove] = useState('');
  const change = useMutation({
    mutationFn: () => sendJson<Answer>('POST', apiPaths.batchChanges, bodyOf()),
    onSuccess: ({ done, skipped }) => {
      queries.invalidateQueries({ queryKey: ['batches'] });
      if (skipped.length > 0) return;
      toast({
        title: `${batches(done)} ${action === 'tag' ? 'tagged' : `${action === 'cancel' ? 'asked to stop' : 'deleted'}`}`,
      });
      onClose();
      onDone();
    },
  });
  const batches = (n: number) => `${formatNumber(n, format)} ${n === 1 ? 'batch' : 'batches'}`;
  const { title, about, keep, go } = words[action];
  const skipped = change.data?.skipped ?? [];

  function bodyOf() {
    const chosen = 'ids' in which ? which : { filter: wordsOf(which.filter), count: which.count };
    return action === 'tag'
      ? { ...chosen, action, add: tagsIn(add), remove: tagsIn(remove) }
      : { ...chosen, action };
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={title(batches(count))}
      description={about}
      footer={
        skipped.length > 0 ? (
          <Button data-autofocus onClick={onClose}>
            Close
          </Button>
        ) : (
          <>
            <Button data-autofocus={action === 'tag' ? undefined : true} onClick={onClose}>
              {keep}
            </Button>
            <Button
              look={action === 'tag' ? 'accent' : 'danger'}
              busy={change.isPending}
              reason={
                action === 'tag' && tagsIn(add).length + tagsIn(remove).length === 0
                  ? 'Name a tag to add or to remove.'
                  : null
              }
              onClick={() => change.mutate()}
            >
              {action === 'tag' ? go : `${go} ${batches(count)}`}
            </Button>
          </>
        )
      }
    >
      <div className="grid gap-4 empty:hidden">
        {action === 'tag' && !change.data && (
          <>
            <Field label="Add" help="Several with commas between them.">
              <Input value={add} onChange={(event) => setAdd(event.target.value)} />
            </Field>
            <Field label="Remove" optional>
              <Input value={remove} onChange={(event) => setRemove(event.target.value)} />
            </Field>
          </>
        )}
        {change.error && <Band tone="bad">{change.error.message}</Band>}
        {skipped.length > 0 && (
          <Band
            tone="warn"
            title={`${batches(change.data?.done ?? 0)} changed, ${batches(skipped.length)} left as they were`}
          >
            <ul>
              {[...new Set(skipped.map(({ reason }) => reason))].map((reason) => (
                <li key={reason}>{reason}</li>
              ))}
            </ul>
          </Band>
        )}
      </div>
    </Dialog>
  );
}
