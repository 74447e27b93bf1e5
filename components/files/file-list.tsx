'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { StaleBand } from '#components/shell/stale-band';
import { Button } from '#components/ui/button';
import { buttonClass } from '#components/ui/button-class';
import { useFormat } from '#components/ui/format-context';
import { Bytes, Num } from '#components/ui/num';
import { StatusIcon } from '#components/ui/status-icon';
import { Time } from '#components/ui/time';
import { formatNumber } from '#lib/format';
import type { BatchFile } from '#lib/model/file';
import { apiPaths } from '#lib/paths';
import { type FilePage, fileListQuery } from './queries.ts';

/** Every file that was taken in, usable or not, byte for byte as it came. */
export function FileList({ first, renderedAt }: { first: FilePage; renderedAt: number }) {
  const [seed] = useState({ pages: [first], pageParams: [null] });
  const query = useInfiniteQuery({ ...fileListQuery, initialData: seed, initialDataUpdatedAt: renderedAt });
  const files = query.data.pages.flatMap((page) => page.items);
  return (
    <>
      {query.isError && <StaleBand error={query.error} />}
      <ul aria-label="Files" className="border-t">
        {files.map((file) => (
          <FileRow key={file.id} file={file} />
        ))}
      </ul>
      {query.hasNextPage && (
        <div className="flex justify-center pt-5">
          <Button busy={query.isFetchingNextPage} onClick={() => query.fetchNextPage()}>
            Load more
          </Button>
        </div>
      )}
    </>
  );
}

function FileRow({ file }: { file: BatchFile }) {
  return (
    <li className="@container border-b transition-colors hover:bg-hover">
      <div className="relative grid items-center gap-x-5 gap-y-1.5 px-2 py-2.5 text-sm @4xl:min-h-row @4xl:grid-cols-[minmax(0,1fr)_10rem_8rem_5rem_5rem_2rem] @4xl:py-1.5 @max-4xl:flex @max-4xl:flex-wrap @max-4xl:gap-x-4">
        <div className="min-w-0 @max-4xl:w-full @max-4xl:pr-10">
          <h2 className="truncate font-medium text-base" title={file.name}>
            {file.name}
          </h2>
          <p className="truncate text-muted">{file.models.join(', ') || 'no model named'}</p>
        </div>
        <Findings file={file} />
        <p className="tabular @4xl:text-right">
          <Num value={file.requests} />{' '}
          <span className="text-muted">{file.requests === 1 ? 'request' : 'requests'}</span>
        </p>
        <Bytes value={file.bytes} className="text-muted @4xl:text-right" />
        <Time at={file.createdAt} className="tabular text-muted @4xl:text-right" />
        <a
          href={apiPaths.content(file.id)}
          download
          aria-label={`Download ${file.name}`}
          title="Download"
          className={buttonClass({
            look: 'ghost',
            size: 'sm',
            square: true,
            className: '@max-4xl:absolute @max-4xl:top-2.5 @max-4xl:right-1',
          })}
        >
          <Download aria-hidden />
        </a>
      </div>
    </li>
  );
}

function Findings({ file }: { file: BatchFile }) {
  const format = useFormat();
  const { errors, warnings } = file.findings;
  if (errors > 0) {
    const word = errors === 1 ? '1 error' : `${formatNumber(errors, format)} errors`;
    return <StatusIcon shape="failed" tone="bad" word={word} />;
  }
  if (!file.usable) return <StatusIcon shape="failed" tone="bad" word="no requests" />;
  if (warnings > 0) {
    const word = warnings === 1 ? '1 warning' : `${formatNumber(warnings, format)} warnings`;
    return <StatusIcon shape="partly" tone="warn" word={word} />;
  }
  return <StatusIcon shape="done" tone="ok" word="usable" />;
}
