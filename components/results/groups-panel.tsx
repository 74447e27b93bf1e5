'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { CircleCheck } from 'lucide-react';
import Link from 'next/link';
import { Band } from '#components/ui/band';
import { Button } from '#components/ui/button';
import { EmptyState } from '#components/ui/empty-state';
import { Fact, Facts } from '#components/ui/facts';
import { useFormat } from '#components/ui/format-context';
import { Num } from '#components/ui/num';
import { Skeleton } from '#components/ui/skeleton';
import { getJson } from '#lib/api-client';
import { formatNumber } from '#lib/format';
import type { ErrorGroup } from '#lib/model/result-facets';
import { apiPaths, paths } from '#lib/paths';
import { hintFor } from './group-hints.ts';
import { OutcomeWord } from './outcome-word.tsx';

type GroupPage = { items: ErrorGroup[]; nextCursor: string | null; total: number };
type Doing = {
  onShow: (group: ErrorGroup) => void;
  onRetry: (group: ErrorGroup) => void;
  /** Why none can be sent again now. */
  reason: string | null;
};

/** What went wrong, in which ways and how often: the most frequent way first. */
export function GroupsPanel({ batchId, edition, ...doing }: { batchId: string; edition: string } & Doing) {
  const query = useInfiniteQuery({
    queryKey: ['groups', batchId, edition],
    queryFn: ({ pageParam, signal }) =>
      getJson<GroupPage>(`${apiPaths.groups(batchId)}?cursor=${pageParam}&limit=50`, { signal }),
    initialPageParam: '0',
    getNextPageParam: (page: GroupPage) => page.nextCursor,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (query.isError) return <Band tone="bad">{query.error.message}</Band>;
  if (query.isPending) return <Skeleton className="h-40" />;
  const groups = query.data.pages.flatMap((page) => page.items);
  if (groups.length === 0) {
    return (
      <EmptyState icon={<CircleCheck aria-hidden />} title="No errors">
        Every request that has an answer succeeded.
      </EmptyState>
    );
  }
  return (
    <div className="grid gap-4">
      <ol className="grid">
        {groups.map((group) => (
          <Group key={group.key} group={group} batchId={batchId} {...doing} />
        ))}
      </ol>
      {query.hasNextPage && (
        <Button busy={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
          Show more groups
        </Button>
      )}
    </div>
  );
}

function Group({ group, batchId, onShow, onRetry, reason }: { group: ErrorGroup; batchId: string } & Doing) {
  const { example, first, last, count } = group;
  const format = useFormat();
  const hint = hintFor(group);
  const name = group.pattern || group.code || group.outcome;
  return (
    <li className="grid gap-3 border-b py-5 first:pt-1">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="grid min-w-0 flex-1 basis-80 gap-1.5">
          <h2 className="font-medium [overflow-wrap:anywhere] [unicode-bidi:isolate]">{name}</h2>
          {hint && <p className="max-w-3xl text-pretty text-muted text-sm">{hint}</p>}
        </div>
        <div data-noprint className="flex flex-wrap gap-2">
          <Button size="sm" aria-label={`Show these: ${name}`} onClick={() => onShow(group)}>
            Show these
          </Button>
          <Button
            size="sm"
            aria-label={`Retry ${formatNumber(count, format)}: ${name}`}
            reason={reason}
            onClick={() => onRetry(group)}
          >
            Retry {formatNumber(count, format)}
          </Button>
        </div>
      </div>
      <Facts>
        <Fact name="Kind">
          <OutcomeWord outcome={group.outcome} />
        </Fact>
        <Fact name="Code">
          {group.code ? <code className="font-mono text-xs">{group.code}</code> : 'none'}
        </Fact>
        <Fact name="HTTP status">{group.httpStatus ?? 'none'}</Fact>
        <Fact name="Requests">
          <Num value={count} /> <Share of={group.share} />
        </Fact>
        <Fact name={first === last ? 'Line' : 'First and last line'}>
          <Line batchId={batchId} ordinal={first} group={group.key} />
          {first !== last && (
            <>
              {' – '}
              <Line batchId={batchId} ordinal={last} group={group.key} />
            </>
          )}
        </Fact>
      </Facts>
      {example.message !== null && (
        <p className="max-w-3xl text-sm">
          <span className="text-muted">For example </span>
          <span className="font-mono text-xs">{example.customId}</span>
          <span className="text-muted">: </span>
          <span className="[overflow-wrap:anywhere] [unicode-bidi:isolate]">{example.message}</span>
        </p>
      )}
    </li>
  );
}

function Line({ batchId, ordinal, group }: { batchId: string; ordinal: number; group: string }) {
  return (
    <Link
      href={`${paths.result(batchId, ordinal)}?group=${encodeURIComponent(group)}`}
      prefetch={false}
      className="rounded-bar underline underline-offset-2"
    >
      <Num value={ordinal} />
    </Link>
  );
}

/** Never nought where there is one. */
function Share({ of }: { of: number }) {
  const percent = of * 100;
  const words = percent < 1 ? 'under 1 %' : `${Math.round(percent)} %`;
  return <span className="text-muted">· {words} of all</span>;
}
