'use client';
import { Ellipsis, KeyRound, Lock, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Tag } from '#components/ui/badge';
import { Menu, MenuItem } from '#components/ui/menu';
import { StatusIcon } from '#components/ui/status-icon';
import type { Connection } from '#lib/model/connection';
import { presetNamed } from '#lib/model/preset';
import { ConnectionDialog } from './connection-dialog.tsx';
import { DeleteConnectionDialog } from './delete-connection-dialog.tsx';

/** Where requests can go and which key pays. */
export function ConnectionList({
  connections,
  mayChange,
}: {
  connections: Connection[];
  mayChange: boolean;
}) {
  const [editing, setEditing] = useState<Connection | null>(null);
  const [deleting, setDeleting] = useState<Connection | null>(null);
  return (
    <>
      <ul aria-label="Connections" className="border-t">
        {connections.map((connection) => (
          <ConnectionRow
            key={connection.id}
            connection={connection}
            mayChange={mayChange}
            onEdit={() => setEditing(connection)}
            onDelete={() => setDeleting(connection)}
          />
        ))}
      </ul>
      <ConnectionDialog
        open={editing !== null}
        connection={editing}
        taken={[]}
        onClose={() => setEditing(null)}
      />
      <DeleteConnectionDialog connection={deleting} onClose={() => setDeleting(null)} />
    </>
  );
}

function ConnectionRow({
  connection,
  mayChange,
  onEdit,
  onDelete,
}: {
  connection: Connection;
  mayChange: boolean;
  onEdit: () => void;
  onDelete: () => void;
}) {
  const byFile = connection.setByFile.length > 0;
  return (
    <li className="@container border-b">
      <div className="relative grid items-center gap-x-6 gap-y-2 px-2 py-3.5 text-sm @3xl:grid-cols-[minmax(0,1.2fr)_minmax(0,1fr)_minmax(0,0.8fr)_2rem]">
        <div className="min-w-0 @max-3xl:pr-9">
          <h2 className="flex items-center gap-2 font-medium text-base">
            <span className="truncate">{connection.name}</span>
            {byFile && <Tag>set by file</Tag>}
          </h2>
          <p className="truncate text-muted">
            {presetNamed(connection.preset)?.title ?? connection.preset}
            {' · '}
            <span className={connection.baseUrl ? 'font-mono text-xs' : ''}>
              {connection.baseUrl || 'built in'}
            </span>
          </p>
        </div>
        <KeyLine connection={connection} />
        <p className="text-muted empty:hidden @3xl:empty:block">{terms(connection)}</p>
        <div className="flex justify-end @max-3xl:absolute @max-3xl:top-3 @max-3xl:right-1">
          {mayChange && (
            <Menu
              label={`Actions for ${connection.name}`}
              icon={<Ellipsis aria-hidden />}
              iconOnly
              look="ghost"
              size="sm"
            >
              <MenuItem icon={<Pencil aria-hidden />} onClick={onEdit}>
                Edit
              </MenuItem>
              <MenuItem
                icon={<Trash2 aria-hidden />}
                danger
                reason={byFile ? 'It is set by the provisioning file.' : null}
                onClick={onDelete}
              >
                Delete…
              </MenuItem>
            </Menu>
          )}
        </div>
      </div>
    </li>
  );
}

function KeyLine({ connection }: { connection: Connection }) {
  const { key, locked } = connection;
  return (
    <div className="grid gap-0.5">
      {locked ? (
        <StatusIcon shape="asking" tone="warn" word="locked" />
      ) : (
        <StatusIcon shape="done" tone="ok" word="ready" />
      )}
      {locked && <p className="text-pretty text-muted text-xs">{locked}</p>}
      {key && (
        <p className="flex items-center gap-1.5 text-muted text-xs">
          {locked ? (
            <Lock aria-hidden className="size-3 shrink-0" />
          ) : (
            <KeyRound aria-hidden className="size-3 shrink-0" />
          )}
          <span>
            key ending <span className="font-mono text-ink">{key.last4}</span>, fingerprint{' '}
            <span className="font-mono text-ink">{key.fingerprint}</span>
          </span>
        </p>
      )}
      {!key && !locked && <p className="text-muted text-xs">needs no key</p>}
    </div>
  );
}

function terms({ discount, completionWindow }: Connection): string {
  const price =
    discount === null
      ? ''
      : discount === 0.5
        ? 'half of real-time'
        : `${Math.round(discount * 100)} % off real-time`;
  const time = completionWindow ? `within ${completionWindow.replace('h', ' h').replace('d', ' days')}` : '';
  return [price, time].filter(Boolean).join(', ');
}
