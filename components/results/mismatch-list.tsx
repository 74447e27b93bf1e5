'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { Band } from '#components/ui/band';
import { Button } from '#components/ui/button';
import { Num } from '#components/ui/num';
import { Skeleton } from '#components/ui/skeleton';
import { getJson } from '#lib/api-client';
import type { Mismatch, MismatchKind, Reconciliation } from '#lib/model/reconciliation';
import { apiPaths, paths } from '#lib/paths';

/** Each of them, with the request it names and the line as it came. */
export function MismatchList({
  batchId,
  edition,
  kind,
}: {
  batchId: string;
  edition: string;
  kind: MismatchKind;
}) {
  const query = useInfiniteQuery({
    queryKey: ['reconciliation', batchId, edition, kind],
    queryFn: ({ pageParam, signal }: { pageParam: string | null; signal: AbortSignal }) => {
      const cursor = pageParam === null ? '' : `&cursor=${encodeURIComponent(pageParam)}`;
      const address = `${apiPaths.reconciliation(batchId)}?kind=${kind}&limit=50${cursor}`;
      return getJson<Reconciliation>(address, { signal });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (query.isError) return <Band tone="bad">{query.error.message}</Band>;
  if (query.isPending) return <Skeleton className="h-20" />;
  return (
    <>
      <ol aria-label={kind} className="grid gap-2">
        {query.data.pages
          .flatMap((page) => page.items)
          .map((item) => (
            <Item key={item.id ?? item.ordinal} item={item} batchId={batchId} />
          ))}
      </ol>
      {query.hasNextPage && (
        <Button
          size="sm"
          className="justify-self-start"
          busy={query.isFetchingNextPage}
          onClick={() => query.fetchNextPage()}
        >
          Show more
        </Button>
      )}
    </>
  );
}

function Item({ item, batchId }: { item: Mismatch; batchId: string }) {
  const { id, customId, ordinal, attempt, raw } = item;
  return (
    <li className="grid gap-1.5 rounded-control border px-3 py-2 text-sm">
      <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <span className="font-mono text-xs [overflow-wrap:anywhere] [unicode-bidi:isolate]">
          {customId ?? 'no custom_id'}
        </span>
        {ordinal !== null && (
          <Link
            href={paths.result(batchId, ordinal)}
            prefetch={false}
            className="rounded-bar underline underline-offset-2"
          >
            request <Num value={ordinal} />
          </Link>
        )}
        {attempt > 1 && <span className="text-muted">attempt {attempt}</span>}
        {id !== null && (
          <a
            href={apiPaths.mismatch(batchId, id)}
            download
            className="rounded-bar text-accent underline underline-offset-2 sm:ml-auto"
          >
            Download line
          </a>
        )}
      </p>
      {raw !== null && (
        <pre className="max-h-40 overflow-hidden whitespace-pre-wrap break-all font-mono text-muted text-xs [unicode-bidi:isolate]">
          {raw.text}
          {raw.cut && '…'}
        </pre>
      )}
    </li>
  );
}
