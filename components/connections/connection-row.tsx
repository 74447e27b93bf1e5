'use client';
import Link from 'next/link';
import { Tag } from '#components/ui/badge';
import { cn } from '#lib/cn';
import type { Connection } from '#lib/model/connection';
import { presetNamed } from '#lib/model/preset';
import { faultsHeader, sandboxFaults } from '#lib/model/sandbox-faults';
import { paths } from '#lib/paths';
import { CheckButton } from './check-button.tsx';
import { ConnectionMenu } from './connection-menu.tsx';
import { ConnectionState, KeyWords } from './connection-state.tsx';
import { dialectWord } from './dialect-words.ts';
import { hostOf } from './replace-key-dialog.tsx';
import { inUseWords } from './state-words.ts';

export type Rights = { mayOperate: boolean; mayChange: boolean };

export function ConnectionRow({ connection, mayOperate, mayChange }: { connection: Connection } & Rights) {
  const { id, name, preset, dialect, baseUrl, headers, setByFile, batches } = connection;
  const fault = sandboxFaults.find((one) => one.name === headers[faultsHeader]);
  const busy = batches.running + batches.waiting > 0;
  return (
    <li className="@container border-b transition-colors hover:bg-hover">
      <div className="relative grid items-center gap-x-6 gap-y-2 px-2 py-3 text-sm @xl:grid-cols-[minmax(0,1.3fr)_minmax(0,1.3fr)_auto] @xl:gap-y-1 @3xl:grid-cols-[minmax(0,1.3fr)_minmax(0,1.3fr)_minmax(0,0.8fr)_auto]">
        <div className="min-w-0 @max-xl:pr-18 @xl:col-start-1 @xl:row-start-1">
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
            {fault && ` · ${fault.title.toLowerCase()}`}
          </p>
        </div>
        <div className="min-w-0 @xl:col-start-2 @xl:row-span-2 @xl:row-start-1 @3xl:row-span-1">
          <ConnectionState connection={connection} />
        </div>
        <div className="flex flex-wrap gap-x-4 gap-y-0.5 text-muted text-xs @xl:col-start-1 @xl:row-start-2 @3xl:col-start-3 @3xl:row-start-1 @3xl:grid">
          <p>
            <KeyWords connection={connection} />
          </p>
          <p className={cn('tabular', busy && 'text-ink')}>{inUseWords(batches)}</p>
        </div>
        <div className="flex items-center gap-1 @xl:col-start-3 @xl:row-span-2 @xl:row-start-1 @xl:justify-end @3xl:col-start-4 @3xl:row-span-1 @max-xl:absolute @max-xl:top-2.5 @max-xl:right-1">
          <CheckButton connection={connection} mayOperate={mayOperate} inRow />
          {mayChange && <ConnectionMenu connection={connection} />}
        </div>
      </div>
    </li>
  );
}
