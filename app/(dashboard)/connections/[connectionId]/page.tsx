import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { PhaseWord } from '#components/batches/phase-badge';
import { ConnectionDetails } from '#components/connections/connection-details';
import { Section } from '#components/connections/section';
import { TrackRecord } from '#components/connections/track-record';
import { Page } from '#components/shell/page';
import { requireMember } from '#lib/auth/current-user';
import { whoAmI } from '#lib/auth/who-am-i';
import { listBatches } from '#lib/batches/list-batches';
import { getConnection } from '#lib/connections/get-connection';
import { getTrackRecord } from '#lib/connections/get-track-record';
import type { Context } from '#lib/context';
import { Refusal } from '#lib/errors';
import { batchesQuerySchema } from '#lib/model/batch.schema';
import { isOver, phases } from '#lib/model/phase';
import { may } from '#lib/model/role';
import { paths } from '#lib/paths';

type Props = { params: Promise<{ connectionId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { connectionId } = await params;
  const { name } = await load(await requireMember(paths.connection(connectionId)), connectionId);
  return { title: `${name} · Connections` };
}

export default async function ConnectionPage({ params }: Props) {
  const { connectionId } = await params;
  const ctx = await requireMember(paths.connection(connectionId));
  const connection = await load(ctx, connectionId);
  const { role } = whoAmI(ctx).me;
  return (
    <Page>
      <ConnectionDetails
        key={connection.id}
        first={connection}
        mayOperate={may(role, 'operate')}
        mayChange={may(role, 'administer')}
        inUse={
          <>
            <InUse ctx={ctx} connectionId={connection.id} />
            <TrackRecord record={await getTrackRecord(ctx, connection.id)} />
          </>
        }
      />
    </Page>
  );
}

const load = cache(async (ctx: Context, connectionId: string) => {
  try {
    return await getConnection(ctx, connectionId);
  } catch (error) {
    if (error instanceof Refusal && error.code === 'not_found') notFound();
    throw error;
  }
});

/** The batches that need it now, by name. */
async function InUse({ ctx, connectionId }: { ctx: Context; connectionId: string }) {
  const phase = phases.filter((one) => !isOver(one)).join(',');
  const { items, total } = await listBatches(
    ctx,
    batchesQuerySchema.parse({ connection: connectionId, phase, limit: 5 }),
  );
  return (
    <Section title="Unfinished batches">
      {items.length === 0 && <p className="border-b py-2 text-muted text-sm">None need it now.</p>}
      <ul>
        {items.map((batch) => (
          <li key={batch.id} className="flex items-center justify-between gap-4 border-b py-2 text-sm">
            <Link
              href={paths.batch(batch.id)}
              className="min-w-0 truncate underline-offset-4 hover:underline"
            >
              {batch.name}
            </Link>
            <PhaseWord batch={batch} />
          </li>
        ))}
      </ul>
      {total > items.length && <p className="py-2 text-muted text-sm">and {total - items.length} more</p>}
    </Section>
  );
}
