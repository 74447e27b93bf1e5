'use client';
import Link from 'next/link';
import { Tag } from '#components/ui/badge';
import { cn } from '#lib/cn';
import type { Connection } from '#lib/model/connection';
import { presetNamed } from '#lib/model/preset';
import { paths } from '#lib/paths';
import { CheckButton } from './check-button.tsx';
import { ConnectionMenu } from './connection-menu.tsx';
import { ConnectionState, KeyLine } from './connection-state.tsx';
import { dialectWord } from './dialect-words.ts';
import { hostOf } from './replace-key-dialog.tsx';
import { inUseWords } from './state-words.ts';

export type Rights = { mayOperate: boolean; mayChange: boolean };

export function ConnectionRow({ connection, mayOperate, mayChange }: { connection: Connection } & Rights) {
  const { id, name, preset, dialect, baseUrl, setByFile, batches } = connection;
  const busy = batches.running + batches.waiting > 0;
  return (
    <li className="@container border-b transition-colors hover:bg-hover">
      <div className="relative grid items-center gap-x-6 gap-y-2 px-2 py-3 text-sm @3xl:grid-cols-[minmax(0,1.3fr)_minmax(0,1.3fr)_minmax(0,0.8fr)_auto]">
        <div className="min-w-0 @max-3xl:pr-11">
          <h2 className="flex items-center gap-2 font-medium text-base">
            <Link
              href={paths.connection(id)}
              className="min-w-0 truncate rounded-control hover:underline underline-offset-4"
            >
              {name}
            </Link>
            {setByFile.length > 0 && <Tag>set by file</Tag>}
          </h2>
          <p className="truncate text-muted text-xs">
            {presetNamed(preset)?.title ?? preset} · {dialectWord(dialect)}
            {baseUrl !== '' && (
              <>
                {' · '}
                <span className="font-mono">{hostOf(connection)}</span>
              </>
            )}
          </p>
        </div>
        <ConnectionState connection={connection} />
        <div className="flex flex-wrap items-start gap-x-6 gap-y-1 @3xl:grid @3xl:gap-0.5">
          <KeyLine connection={connection} />
          <p className={cn('tabular text-xs', busy ? 'text-ink' : 'text-muted')}>{inUseWords(batches)}</p>
        </div>
        <div className="flex items-center gap-1 @3xl:justify-end">
          <CheckButton connection={connection} mayOperate={mayOperate} look="ghost" size="sm" />
          {mayChange && (
            <span className="@max-3xl:absolute @max-3xl:top-2.5 @max-3xl:right-1">
              <ConnectionMenu connection={connection} />
            </span>
          )}
        </div>
      </div>
    </li>
  );
}
