import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { Page } from '#components/shell/page';
import { requireMember } from '#lib/auth/current-user';
import { getBatch } from '#lib/batches/get-batch';
import type { Context } from '#lib/context';
import { Refusal } from '#lib/errors';
import { may } from '#lib/model/role';
import { paths } from '#lib/paths';
import { BatchScreen } from './batch-screen.tsx';

type Props = { params: Promise<{ batchId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { batchId } = await params;
  const batch = await load(await requireMember(paths.batch(batchId)), batchId);
  return { title: `${batch.phase} · ${batch.name}` };
}

export default async function BatchPage({ params }: Props) {
  const { batchId } = await params;
  const ctx = await requireMember(paths.batch(batchId));
  const batch = await load(ctx, batchId);
  const mayOperate = ctx.actor.kind === 'user' && may(ctx.actor.role, 'operate');
  return (
    <Page>
      <BatchScreen key={batch.id} first={batch} mayOperate={mayOperate} />
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
