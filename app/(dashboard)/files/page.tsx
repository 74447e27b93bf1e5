import { Files } from 'lucide-react';
import type { Metadata } from 'next';
import { FileList } from '#components/files/file-list';
import { filePageSize } from '#components/files/queries';
import { LinkButton } from '#components/shell/link-button';
import { Page } from '#components/shell/page';
import { PageHeader } from '#components/shell/page-header';
import { EmptyState } from '#components/ui/empty-state';
import { requireMember } from '#lib/auth/current-user';
import { listFiles } from '#lib/files/list-files';
import { may } from '#lib/model/role';
import { paths } from '#lib/paths';

export const metadata: Metadata = { title: 'Files' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function FilesPage({ searchParams }: Props) {
  const ctx = await requireMember(paths.files);
  const { q, from } = await searchParams;
  const shown = { q: word(q).slice(0, 200), from: word(from).slice(0, 100) };
  const first = await listFiles(ctx, {
    q: shown.q,
    from: shown.from || undefined,
    limit: filePageSize,
  });
  const isEmpty = first.items.length === 0 && shown.q === '' && shown.from === '';
  const mayOperate = ctx.actor.kind === 'user' && may(ctx.actor.role, 'operate');
  return (
    <Page>
      <PageHeader
        title="Files"
        meaning="What was uploaded, byte for byte. A file with errors is kept too, but makes no batch."
      />
      {isEmpty ? (
        <EmptyState
          icon={<Files aria-hidden />}
          title="No files yet"
          action={
            <>
              <LinkButton href={paths.newBatch} look="accent">
                Make a batch
              </LinkButton>
              <a
                href="/samples/showcase.jsonl"
                download
                className="inline-flex h-8 items-center px-3 text-accent text-sm underline-offset-4 hover:underline"
              >
                Download a sample
              </a>
            </>
          }
        >
          Drop a JSONL file on New batch, or write requests in the form: both are kept here.
        </EmptyState>
      ) : (
        <FileList first={first} shown={shown} renderedAt={Date.now()} mayOperate={mayOperate} />
      )}
    </Page>
  );
}

function word(value: string | string[] | undefined): string {
  return typeof value === 'string' ? value.trim() : '';
}
