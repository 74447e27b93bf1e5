'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Ellipsis, KeyRound, Pause, Pencil, Play, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { ButtonLook, ButtonSize } from '#components/ui/button-class';
import { Menu, MenuItem, MenuLine } from '#components/ui/menu';
import { useToast } from '#components/ui/toast';
import type { Connection } from '#lib/model/connection';
import { DeleteConnectionDialog } from './delete-connection-dialog.tsx';
import { EditConnectionDialog } from './edit-connection-dialog.tsx';
import { PauseDialog } from './pause-dialog.tsx';
import { connectionsKey, resumeConnection } from './queries.ts';
import { ReplaceKeyDialog } from './replace-key-dialog.tsx';

type Asking = 'edit' | 'key' | 'pause' | 'delete' | null;

/** Everything an admin can do to a connection, with why not where not. */
export function ConnectionMenu({
  connection,
  onDeleted,
  look = 'ghost',
  size = 'sm',
}: {
  connection: Connection;
  onDeleted?: () => void;
  look?: ButtonLook;
  size?: ButtonSize;
}) {
  const [asking, setAsking] = useState<Asking>(null);
  const resume = useResume(connection);
  const close = () => setAsking(null);
  return (
    <>
      <Menu
        label={`Actions for ${connection.name}`}
        icon={<Ellipsis aria-hidden />}
        iconOnly
        look={look}
        size={size}
      >
        <MenuItem icon={<Pencil aria-hidden />} onClick={() => setAsking('edit')}>
          Edit…
        </MenuItem>
        {connection.baseUrl !== '' && (
          <MenuItem
            icon={<KeyRound aria-hidden />}
            reason={keyReason(connection)}
            onClick={() => setAsking('key')}
          >
            Replace key…
          </MenuItem>
        )}
        {connection.paused ? (
          <MenuItem icon={<Play aria-hidden />} onClick={() => resume.mutate()}>
            Resume
          </MenuItem>
        ) : (
          <MenuItem icon={<Pause aria-hidden />} onClick={() => setAsking('pause')}>
            Pause…
          </MenuItem>
        )}
        <MenuLine />
        <MenuItem
          icon={<Trash2 aria-hidden />}
          danger
          reason={connection.setByFile.length > 0 ? 'It is set by the provisioning file.' : null}
          onClick={() => setAsking('delete')}
        >
          Delete…
        </MenuItem>
      </Menu>
      {asking === 'edit' && <EditConnectionDialog connection={connection} onClose={close} />}
      {asking === 'key' && <ReplaceKeyDialog connection={connection} onClose={close} />}
      {asking === 'pause' && <PauseDialog connection={connection} onClose={close} />}
      {asking === 'delete' && (
        <DeleteConnectionDialog connection={connection} onClose={close} onDeleted={onDeleted} />
      )}
    </>
  );
}

export function useResume({ id, name }: Connection) {
  const queries = useQueryClient();
  const toast = useToast();
  return useMutation({
    mutationFn: () => resumeConnection(id),
    onSuccess: () => {
      toast({ title: `${name} goes on` });
      return queries.invalidateQueries({ queryKey: connectionsKey });
    },
    onError: (error) => toast({ title: error.message, tone: 'bad' }),
  });
}

export function keyReason({ setByFile }: Connection): string | null {
  return setByFile.includes('apiKey') ? 'Its key is set by the provisioning file.' : null;
}
