'use client';
import { Download, Ellipsis, Trash2 } from 'lucide-react';
import Link from 'next/link';
import { buttonClass } from '#components/ui/button-class';
import { Menu, MenuItem } from '#components/ui/menu';
import { Bytes, Num } from '#components/ui/num';
import { Time } from '#components/ui/time';
import type { FileSummary } from '#lib/model/file';
import { apiPaths, paths } from '#lib/paths';
import { FileTies } from './file-ties.tsx';
import { FileVerdict } from './file-verdict.tsx';

export function FileRow({ file, onDelete }: { file: FileSummary; onDelete: (() => void) | null }) {
  const { id, name, models, requests, bytes, createdAt } = file;
  return (
    <li className="@container border-b transition-colors hover:bg-hover">
      <div className="relative grid items-center gap-x-5 gap-y-1.5 px-2 py-2.5 text-sm @4xl:min-h-row @4xl:grid-cols-[minmax(0,1fr)_9rem_8rem_5rem_5rem_4.5rem] @4xl:py-1.5 @max-4xl:flex @max-4xl:flex-wrap @max-4xl:gap-x-4">
        <div className="min-w-0 @max-4xl:w-full @max-4xl:pr-18">
          <h2 className="truncate font-medium text-base" title={name}>
            <Link href={paths.file(id)} className="underline-offset-4 hover:underline">
              {name}
            </Link>
          </h2>
          <p className="flex flex-wrap gap-x-3 text-muted [overflow-wrap:anywhere]">
            <span>{models.slice(0, 3).join(', ') || 'no model named'}</span>
            <FileTies file={file} />
          </p>
        </div>
        <FileVerdict file={file} />
        <p className="tabular @4xl:text-right">
          <Num value={requests} />{' '}
          <span className="text-muted">{requests === 1 ? 'request' : 'requests'}</span>
        </p>
        <Bytes value={bytes} className="text-muted @4xl:text-right" />
        <Time at={createdAt} className="tabular text-muted @4xl:text-right" />
        <div className="flex justify-end gap-1 @max-4xl:absolute @max-4xl:top-2.5 @max-4xl:right-1">
          <a
            href={apiPaths.content(id)}
            download
            aria-label={`Download ${name}`}
            title="Download"
            className={buttonClass({ look: 'ghost', size: 'sm', square: true })}
          >
            <Download aria-hidden />
          </a>
          {onDelete && (
            <Menu
              label={`Actions for ${name}`}
              icon={<Ellipsis aria-hidden />}
              iconOnly
              look="ghost"
              size="sm"
            >
              <MenuItem danger icon={<Trash2 aria-hidden />} onClick={onDelete}>
                Delete
              </MenuItem>
            </Menu>
          )}
        </div>
      </div>
    </li>
  );
}
