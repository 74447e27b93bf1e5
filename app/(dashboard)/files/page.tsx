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
import { paths } from '#lib/paths';

export const metadata: Metadata = { title: 'Files' };

export default async function FilesPage() {
  const ctx = await requireMember(paths.files);
  const first = await listFiles(ctx, { limit: filePageSize });
  return (
    <Page>
      <PageHeader
        title="Files"
        meaning="What was uploaded, byte for byte. A file with errors is kept too, but makes no batch."
      />
      {first.items.length > 0 ? (
        <FileList first={first} renderedAt={Date.now()} />
      ) : (
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
      )}
    </Page>
  );
}
