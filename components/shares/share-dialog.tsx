'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Band } from '#components/ui/band';
import { Button } from '#components/ui/button';
import { Dialog } from '#components/ui/dialog';
import { Field } from '#components/ui/field';
import { Select } from '#components/ui/input';
import type { ShareScope } from '#lib/model/share';
import { LinkList } from './link-list.tsx';
import { NewLinkBand } from './new-link-band.tsx';
import { createLink, type NewLink, sharesQuery } from './queries.ts';

const scopes: { value: ShareScope; word: string }[] = [
  { value: 'status', word: 'Status only' },
  { value: 'results', word: 'Status and results' },
  { value: 'downloads', word: 'Status, results and downloads' },
];
const lives = [
  { days: '1', word: '1 day' },
  { days: '7', word: '7 days' },
  { days: '30', word: '30 days' },
  { days: '', word: 'No end' },
];

/** A link for people without an account: what it shows, how long it lives, and who can still open one. */
export function ShareDialog({
  batchId,
  batchName,
  onClose,
}: {
  batchId: string;
  batchName: string;
  onClose: () => void;
}) {
  const [scope, setScope] = useState<ShareScope>('results');
  const [days, setDays] = useState('7');
  const [made, setMade] = useState<NewLink | null>(null);
  const queries = useQueryClient();
  const create = useMutation({
    mutationFn: () => createLink(batchId, { scope, expiresAt: endOf(days) }),
    onSuccess: (link) => {
      setMade(link);
      void queries.invalidateQueries({ queryKey: sharesQuery(batchId).queryKey });
    },
  });
  return (
    <Dialog
      open
      size="lg"
      onClose={onClose}
      title={`Share “${batchName}”`}
      description="Whoever has the link can open it, without an account, until it ends or you revoke it."
    >
      <div className="grid gap-4">
        <div className="grid items-end gap-3 sm:grid-cols-[1fr_9rem_auto]">
          <Field label="Shows">
            <Select
              value={scope}
              onChange={(event) => setScope(event.target.value as ShareScope)}
              data-autofocus
            >
              {scopes.map(({ value, word }) => (
                <option key={value} value={value}>
                  {word}
                </option>
              ))}
            </Select>
          </Field>
          <Field label="Lives for">
            <Select value={days} onChange={(event) => setDays(event.target.value)}>
              {lives.map(({ days: value, word }) => (
                <option key={word} value={value}>
                  {word}
                </option>
              ))}
            </Select>
          </Field>
          <Button look="accent" busy={create.isPending} onClick={() => create.mutate()}>
            Create link
          </Button>
        </div>
        {create.isError && (
          <Band tone="bad" title="No link was made">
            {create.error.message}
          </Band>
        )}
        {made && <NewLinkBand link={made} />}
        <LinkList batchId={batchId} onRevoked={(id) => made?.share.id === id && setMade(null)} />
      </div>
    </Dialog>
  );
}

function endOf(days: string): string | null {
  return days === '' ? null : new Date(Date.now() + Number(days) * 86_400_000).toISOString();
}
