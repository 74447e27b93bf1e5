import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { Page } from '#components/shell/page';
import { requireMember } from '#lib/auth/current-user';
import { getBatch } from '#lib/batches/get-batch';
import type { Context } from '#lib/context';
import { Refusal } from '#lib/errors';
import { paths } from '#lib/paths';
import { CompareScreen } from './compare-screen.tsx';

type Props = { params: Promise<{ batchId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { batchId } = await params;
  const batch = await load(await requireMember(paths.compare(batchId)), batchId);
  return { title: `Compare · ${batch.name}` };
}

export default async function ComparePage({ params }: Props) {
  const { batchId } = await params;
  const batch = await load(await requireMember(paths.compare(batchId)), batchId);
  return (
    <Page>
      <Link
        href={paths.batch(batchId)}
        className="text-muted text-sm [overflow-wrap:anywhere] hover:text-ink"
      >
        ← {batch.name}
      </Link>
      <div className="pt-2">
        <CompareScreen batchId={batchId} name={batch.name} attempts={batch.attempts.map(({ n }) => n)} />
      </div>
    </Page>
  );
}

const load = cache(async (ctx: Context, batchId: string) => {
  try {
    return await getBatch(ctx, batchId);
  } catch (error) {
    if (error instanceof Refusal && error.code === 'not_found') notFound();
    throw error;
  }
});
