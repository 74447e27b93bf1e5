'use client';
import { useState } from 'react';
import type { Connection } from '#lib/model/connection';
import { type Preset, presetNamed, presets } from '#lib/model/preset';
import { changesOf } from './connection-fields.ts';
import { ConnectionFormDialog } from './connection-form-dialog.tsx';
import { draftFromConnection, routeOf } from './draft.ts';
import { changeConnection } from './queries.ts';
import { useConnectionForm } from './use-connection-form.ts';
import { useSaved } from './use-saved.ts';

/** Everything but preset and dialect can be changed, unless the provisioning file says it. */
export function EditConnectionDialog({
  connection,
  atTerms = false,
  onClose,
}: {
  connection: Connection;
  /** Opens where limits, price and time stand. */
  atTerms?: boolean;
  onClose: () => void;
}) {
  const saved = useSaved();
  const preset = presetOf(connection);
  const [before] = useState(() => draftFromConnection(connection));
  const handle = useConnectionForm(before);
  const { draft } = handle;
  const changes = changesOf(before, draft, routeOf(preset, draft.dialect)?.header ?? null);

  async function save() {
    await saved(await changeConnection(connection.id, changes), 'saved');
    onClose();
  }

  return (
    <ConnectionFormDialog
      title={`Edit ${connection.name}`}
      description={preset.about}
      preset={preset}
      connection={connection}
      handle={handle}
      atTerms={atTerms}
      submitLabel="Save"
      reason={Object.keys(changes).length === 0 && 'Nothing was changed yet.'}
      onSave={save}
      onClose={onClose}
    />
  );
}

/** A preset this version no longer knows is edited like any compatible server. */
function presetOf({ preset, dialect }: Connection): Preset {
  const known = presetNamed(preset) ?? presets.find((one) => one.dialect === dialect && one.baseUrl === null);
  if (!known) throw new Error(`No preset speaks ${dialect}.`);
  return known;
}
