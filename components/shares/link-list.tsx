'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { Band } from '#components/ui/band';
import { Button } from '#components/ui/button';
import { Num } from '#components/ui/num';
import { Skeleton } from '#components/ui/skeleton';
import { Time } from '#components/ui/time';
import type { Share, ShareScope } from '#lib/model/share';
import { revokeLink, sharesQuery } from './queries.ts';

const words: Record<ShareScope, string> = {
  status: 'Status',
  results: 'Status and results',
  downloads: 'Status, results and downloads',
};

/** The links that exist, each with who made it, how often it was opened, and the way to end it. */
export function LinkList({ batchId, onRevoked }: { batchId: string; onRevoked: (id: string) => void }) {
  const query = useQuery(sharesQuery(batchId));
  if (query.isPending) return <Skeleton className="h-10" />;
  if (query.isError) return <Band tone="bad">{query.error.message}</Band>;
  if (query.data.length === 0)
    return <p className="text-muted text-sm">There is no link to this batch yet.</p>;
  return (
    <ul aria-label="Links" className="border-t">
      {query.data.map((share) => (
        <LinkRow key={share.id} batchId={batchId} share={share} onRevoked={onRevoked} />
      ))}
    </ul>
  );
}

function LinkRow({
  batchId,
  share,
  onRevoked,
}: {
  batchId: string;
  share: Share;
  onRevoked: (id: string) => void;
}) {
  const queries = useQueryClient();
  const row = useRef<HTMLLIElement>(null);
  const revoke = useMutation({
    mutationFn: () => revokeLink(share.id),
    onSuccess: () => {
      row.current?.closest('dialog')?.focus();
      onRevoked(share.id);
      return queries.invalidateQueries({ queryKey: sharesQuery(batchId).queryKey });
    },
  });
  return (
    <li ref={row} className="flex items-center justify-between gap-4 border-b py-2.5 text-sm">
      <div className="grid min-w-0">
        <p className="font-medium">{words[share.scope]}</p>
        <p className="truncate text-muted text-xs">
          by {share.createdBy}, <Time at={share.createdAt} /> · <Num value={share.views} />{' '}
          {share.views === 1 ? 'view' : 'views'} · {share.expiresAt ? <End at={share.expiresAt} /> : 'no end'}
        </p>
        {revoke.isError && <p className="text-bad text-xs">{revoke.error.message}</p>}
      </div>
      <Button size="sm" busy={revoke.isPending} onClick={() => revoke.mutate()}>
        Revoke
      </Button>
    </li>
  );
}

function End({ at }: { at: string }) {
  const over = Date.parse(at) <= Date.now();
  return (
    <>
      {over ? 'ended' : 'ends'} <Time at={at} />
    </>
  );
}
