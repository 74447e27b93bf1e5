'use client';
import { useQuery } from '@tanstack/react-query';
import { useUrlParam } from '#components/shell/use-url-param';
import { Band } from '#components/ui/band';
import { useFormat } from '#components/ui/format-context';
import { Num } from '#components/ui/num';
import { Skeleton } from '#components/ui/skeleton';
import { getJson } from '#lib/api-client';
import { formatNumber } from '#lib/format';
import { type MismatchKind, mismatchKinds, type Reconciliation } from '#lib/model/reconciliation';
import { apiPaths } from '#lib/paths';
import { MismatchSection } from './mismatch-section.tsx';

/** Submitted against received: every request and every line is accounted for, and what does not match is named. */
export function ReconciliationPanel({
  batchId,
  edition,
  retryMissing,
}: {
  batchId: string;
  edition: string;
  retryMissing: { reason: string | null; go: () => void };
}) {
  const [word, setWord] = useUrlParam('mismatch');
  const query = useQuery({
    queryKey: ['reconciliation', batchId, edition],
    queryFn: ({ signal }) =>
      getJson<Reconciliation>(`${apiPaths.reconciliation(batchId)}?limit=1`, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (query.isError) return <Band tone="bad">{query.error.message}</Band>;
  if (query.isPending) return <Skeleton className="h-40" />;
  const balance = query.data;
  const open = mismatchKinds.find((kind) => kind === word) ?? null;
  const toggle = (kind: MismatchKind) => setWord(kind === open ? null : kind);
  return (
    <div className="grid max-w-4xl gap-5">
      <Balance balance={balance} />
      <ul className="grid border-t">
        {mismatchKinds.map((kind) => (
          <MismatchSection
            key={kind}
            batchId={batchId}
            edition={edition}
            kind={kind}
            count={balance.mismatches[kind]}
            isOpen={kind === open}
            onToggle={() => toggle(kind)}
            retry={kind === 'missing' ? retryMissing : null}
          />
        ))}
      </ul>
    </div>
  );
}

function Balance({ balance }: { balance: Reconciliation }) {
  const format = useFormat();
  const { submitted, received, outcomes, mismatches } = balance;
  const strange = mismatchKinds.reduce((sum, kind) => sum + mismatches[kind], 0);
  const ended = Object.entries(outcomes).map(
    ([outcome, count]) => `${formatNumber(count, format)} ${outcome}`,
  );
  return (
    <div className="grid gap-3">
      <dl className="flex flex-wrap gap-x-10 gap-y-3">
        <Fact name="Requests submitted" value={submitted} />
        <Fact name="Lines received" value={received} />
        <Fact name="Not matching" value={strange} />
      </dl>
      <p className="text-pretty text-muted">
        {strange === 0
          ? 'Every request has exactly one answer, and every line belongs to a request.'
          : `Of ${formatNumber(submitted, format)} requests ${ended.join(', ')}: together all that were submitted.`}
      </p>
    </div>
  );
}

function Fact({ name, value }: { name: string; value: number }) {
  return (
    <div className="grid gap-0.5">
      <dt className="text-muted text-xs">{name}</dt>
      <dd className="font-semibold text-lg">
        <Num value={value} />
      </dd>
    </div>
  );
}
