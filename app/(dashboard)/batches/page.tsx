import type { Metadata } from 'next';
import { BatchList } from '#components/batches/batch-list';
import { addressOf, filterFrom, wordsOf } from '#components/batches/list-filter';
import { pageSize } from '#components/batches/queries';
import { SendSample } from '#components/batches/send-sample';
import { SpendingLine } from '#components/batches/spending-line';
import { Page } from '#components/shell/page';
import { PageHeader } from '#components/shell/page-header';
import { requireMember } from '#lib/auth/current-user';
import { countViews, listBatches } from '#lib/batches/list-batches';
import { listSpending } from '#lib/batches/list-spending';
import { batchesQuerySchema } from '#lib/model/batch.schema';
import { may } from '#lib/model/role';

export const metadata: Metadata = { title: 'Batches' };

type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function BatchesPage({ searchParams }: { searchParams: Search }) {
  const search = await searchParams;
  const filter = filterFrom((name) => [search[name]].flat()[0]);
  const ctx = await requireMember(addressOf(filter));
  const [list, views, spending] = await Promise.all([
    listBatches(ctx, { ...batchesQuerySchema.parse(wordsOf(filter)), sort: filter.sort, limit: pageSize }),
    countViews(ctx),
    listSpending(ctx),
  ]);
  const now = Date.now();
  return (
    <Page>
      <PageHeader title="Batches" meaning="What you sent, how far it is, and what came back." />
      <SpendingLine spending={spending} month={new Date(now).toISOString().slice(0, 7)} />
      <BatchList
        first={{ ...list, views }}
        firstFilter={filter}
        renderedAt={now}
        mayOperate={ctx.actor.kind === 'user' && may(ctx.actor.role, 'operate')}
        sample={<SendSample />}
      />
    </Page>
  );
}
