import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { FileActions } from '#components/files/file-actions';
import { FileView } from '#components/files/file-view';
import { Page } from '#components/shell/page';
import { PageHeader } from '#components/shell/page-header';
import { requireMember } from '#lib/auth/current-user';
import { listConnections } from '#lib/connections/list-connections';
import type { Context } from '#lib/context';
import { Refusal } from '#lib/errors';
import { describeFile } from '#lib/files/describe-file';
import { listFindings } from '#lib/files/list-findings';
import { keptFindings } from '#lib/model/finding';
import { may } from '#lib/model/role';
import { paths } from '#lib/paths';

type Props = { params: Promise<{ fileId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { fileId } = await params;
  return { title: (await load(await requireMember(paths.file(fileId)), fileId)).name };
}

export default async function FilePage({ params }: Props) {
  const { fileId } = await params;
  const ctx = await requireMember(paths.file(fileId));
  const file = await load(ctx, fileId);
  const { items } = await listFindings(ctx, fileId, { cursor: 0, limit: keptFindings });
  const targets = (await listConnections(ctx)).map(({ id, name, preset, locked }) => ({
    id,
    name,
    preset,
    locked,
  }));
  const mayOperate = ctx.actor.kind === 'user' && may(ctx.actor.role, 'operate');
  return (
    <Page>
      <Link href={paths.files} className="text-muted text-sm underline-offset-4 hover:underline">
        ← Files
      </Link>
      <PageHeader
        title={file.name}
        actions={<FileActions file={file} targets={targets} mayOperate={mayOperate} />}
      />
      <FileView key={file.id} file={file} findings={items} mayOperate={mayOperate} />
    </Page>
  );
}

const load = cache(async (ctx: Context, fileId: string) => {
  try {
    return await describeFile(ctx, fileId);
  } catch (error) {
    if (error instanceof Refusal && error.code === 'not_found') notFound();
    throw error;
  }
});
