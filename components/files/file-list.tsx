'use client';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { useState } from 'react';
import { StaleBand } from '#components/shell/stale-band';
import { useUrlParam } from '#components/shell/use-url-param';
import { Button } from '#components/ui/button';
import { SearchField } from '#components/ui/search-field';
import { cn } from '#lib/cn';
import type { FileSummary } from '#lib/model/file';
import { paths } from '#lib/paths';
import { DeleteFileDialog } from './delete-file-dialog.tsx';
import { FileRow } from './file-row.tsx';
import { type FilePage, type FilesShown, fileListQuery } from './queries.ts';

/** Every file that was taken in, usable or not, byte for byte as it came, and every one made from those. */
export function FileList({
  first,
  shown,
  renderedAt,
  mayOperate,
}: {
  first: FilePage;
  /** What the server drew. */
  shown: FilesShown;
  renderedAt: number;
  mayOperate: boolean;
}) {
  const search = useSearchParams();
  const [q, setQ] = useUrlParam('q');
  const wanted = { q: q ?? '', from: search.get('from') ?? '' };
  const isFirst = wanted.q === shown.q && wanted.from === shown.from;
  const [seed] = useState({ pages: [first], pageParams: [null] });
  const client = useQueryClient();
  const query = useInfiniteQuery({
    ...fileListQuery(wanted),
    initialData: isFirst ? seed : undefined,
    initialDataUpdatedAt: renderedAt,
    placeholderData: (before) => before,
  });
  const [deleting, setDeleting] = useState<FileSummary | null>(null);
  const files = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 pb-3">
        <p className="text-muted text-sm">
          {wanted.from !== '' && (
            <>
              Made from one file.{' '}
              <Link href={paths.files} className="text-accent underline underline-offset-4">
                Show all
              </Link>
            </>
          )}
        </p>
        <SearchField
          label="Search files"
          placeholder="Name, model, id"
          value={wanted.q}
          onSearch={(text) => setQ(text || null)}
          className="md:w-64"
        />
      </div>
      {query.isError && <StaleBand error={query.error} />}
      <p role="status" className="sr-only">
        {query.isPlaceholderData ? '' : `${files.length} ${files.length === 1 ? 'file' : 'files'}`}
      </p>
      {files.length === 0 && !query.isPending ? (
        <p className="border-t py-10 text-center text-muted">No file fits.</p>
      ) : (
        <ul
          aria-label="Files"
          className={cn('border-t transition-opacity', query.isPlaceholderData && 'opacity-60')}
        >
          {files.map((file) => (
            <FileRow key={file.id} file={file} onDelete={mayOperate ? () => setDeleting(file) : null} />
          ))}
        </ul>
      )}
      {query.hasNextPage && (
        <div className="flex justify-center pt-5">
          <Button busy={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
            Load more
          </Button>
        </div>
      )}
      <DeleteFileDialog
        file={deleting}
        onClose={() => setDeleting(null)}
        onDeleted={() => client.invalidateQueries({ queryKey: ['files'] })}
      />
    </>
  );
}
