import type { Metadata } from 'next';
import { Composer } from '#components/compose/composer';
import { Page } from '#components/shell/page';
import { PageHeader } from '#components/shell/page-header';
import { readPreferences } from '#components/shell/read-preferences';
import { requireMember } from '#lib/auth/current-user';
import { listBatches } from '#lib/batches/list-batches';
import { listConnections } from '#lib/connections/list-connections';
import type { Actor } from '#lib/context';
import { findDraft } from '#lib/drafts/get-draft';
import { listDrafts } from '#lib/drafts/list-drafts';
import { formatClock } from '#lib/format';
import type { BatchSummary } from '#lib/model/batch';
import { formatOf } from '#lib/model/preferences';
import { may } from '#lib/model/role';
import { paths } from '#lib/paths';

export const metadata: Metadata = { title: 'New batch' };

export default async function NewBatchPage({ searchParams }: PageProps<'/batches/new'>) {
  const { draft: wanted } = await searchParams;
  const draftId = typeof wanted === 'string' ? wanted : null;
  const ctx = await requireMember(draftId === null ? paths.newBatch : paths.draft(draftId));
  const [connections, recent, draft, drafts] = await Promise.all([
    listConnections(ctx),
    listBatches(ctx, { sort: '-created', limit: 50 }),
    draftId === null ? null : findDraft(ctx, draftId),
    draftId === null ? listDrafts(ctx, { limit: 20 }) : null,
  ]);
  const now = Date.now();
  const clock = formatClock(now, 0, formatOf(await readPreferences()));
  return (
    <Page>
      <PageHeader
        title="New batch"
        meaning="Write requests in the form or bring a JSONL file. Nothing is sent before you press Create batch."
      />
      <Composer
        key={draft?.id ?? now}
        targets={connections.map(({ key: _, ...target }) => target)}
        recentModels={recentModels(recent.items)}
        lately={lastUsed(recent.items, ctx.actor)}
        firstName={`Batch of ${clock}`}
        mayOperate={ctx.actor.kind === 'user' && may(ctx.actor.role, 'operate')}
        me={ctx.actor.kind === 'user' ? ctx.actor.name : ''}
        draft={draft}
        unfinished={drafts?.items ?? []}
      />
    </Page>
  );
}

/** By this person; else by whoever sent something last. */
function lastUsed(batches: BatchSummary[], actor: Actor): string | null {
  const mine = actor.kind === 'user' && batches.find(({ owner }) => owner?.id === actor.userId);
  return (mine || batches[0])?.connection.id ?? null;
}

function recentModels(batches: BatchSummary[]): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const { connection, models } of batches) {
    found[connection.id] = [...new Set([...(found[connection.id] ?? []), ...models])].slice(0, 12);
  }
  return found;
}
