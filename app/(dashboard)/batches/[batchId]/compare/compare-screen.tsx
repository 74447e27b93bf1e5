'use client';
import { ArrowLeftRight } from 'lucide-react';
import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { useMemo } from 'react';
import { PhaseWord } from '#components/batches/phase-badge';
import { ChooseOther } from '#components/results/compare/choose-other';
import { comparingIn } from '#components/results/compare/compare-words';
import { Comparison } from '#components/results/compare/comparison';
import { LinkButton } from '#components/shell/link-button';
import { PageHeader } from '#components/shell/page-header';
import type { Comparison as Compared, ComparedSide } from '#lib/model/comparison';
import { paths } from '#lib/paths';

/** Chooses what to compare a batch with, and then compares them. */
export function CompareScreen({
  batchId,
  name,
  attempts,
}: {
  batchId: string;
  name: string;
  attempts: number[];
}) {
  const params = useSearchParams();
  const comparing = useMemo(() => comparingIn((word) => params.get(word)), [params]);
  const { with: other, attempt, withAttempt } = comparing;
  if (!other) {
    return (
      <>
        <PageHeader title={`Compare ${name} with…`} meaning="Request by request, by custom_id." />
        <ChooseOther batchId={batchId} attempts={attempts} />
      </>
    );
  }
  const swapped = paths.compare(other, { with: batchId, attempt: withAttempt, withAttempt: attempt });
  return (
    <>
      <PageHeader
        title="Compare"
        meaning="Request by request, by custom_id."
        actions={
          <>
            <LinkButton href={swapped} icon={<ArrowLeftRight aria-hidden />}>
              Swap
            </LinkButton>
            <LinkButton href={paths.compare(batchId)}>Choose another</LinkButton>
          </>
        }
      />
      <Comparison
        key={`${other} ${attempt} ${withAttempt}`}
        batchId={batchId}
        comparing={comparing}
        headOf={(sides) => <Heads sides={sides} />}
      />
    </>
  );
}

function Heads({ sides: { first, second } }: { sides: Compared }) {
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <Head letter="A" side={first} />
      <Head letter="B" side={second} />
    </div>
  );
}

function Head({ letter, side }: { letter: 'A' | 'B'; side: ComparedSide }) {
  const { batchId, name, phase, models, attempt, counts } = side;
  return (
    <section aria-label={letter} className="flex min-w-0 gap-3 rounded-panel border bg-surface px-4 py-3">
      <span aria-hidden className="font-semibold text-lg text-muted">
        {letter}
      </span>
      <div className="grid min-w-0 gap-0.5">
        <Link
          href={paths.batch(batchId)}
          prefetch={false}
          className="rounded-bar font-medium [overflow-wrap:anywhere] hover:underline"
        >
          {name}
        </Link>
        <p className="flex flex-wrap gap-x-3 text-muted text-sm [overflow-wrap:anywhere]">
          <PhaseWord batch={{ phase, attention: null, counts }} />
          {attempt !== null && <span>attempt {attempt}</span>}
          <span>{models.slice(0, 3).join(', ')}</span>
        </p>
      </div>
    </section>
  );
}
