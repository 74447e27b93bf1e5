'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { Band } from '#components/ui/band';
import { Button } from '#components/ui/button';
import { Dialog } from '#components/ui/dialog';
import { useToast } from '#components/ui/toast';
import type { Connection } from '#lib/model/connection';
import { type Preset, presetNamed, presets } from '#lib/model/preset';
import { changesOf, needsKeyAgain } from './connection-fields.ts';
import { ConnectionForm } from './connection-form.tsx';
import { draftFromConnection, routeOf } from './draft.ts';
import { changeConnection, connectionsKey } from './queries.ts';
import { useStartCheck } from './use-check.ts';
import { useConnectionForm } from './use-connection-form.ts';

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
  const queries = useQueryClient();
  const toast = useToast();
  const startCheck = useStartCheck();
  const formId = useId();
  const preset = presetOf(connection);
  const [before] = useState(() => draftFromConnection(connection));
  const { form, draft, problems, busy, change, submit } = useConnectionForm(before);
  const changes = changesOf(before, draft, routeOf(preset, draft.dialect)?.header ?? null);
  const unchanged = Object.keys(changes).length === 0;

  async function save() {
    const changed = await changeConnection(connection.id, changes);
    await queries.invalidateQueries({ queryKey: connectionsKey });
    toast({ title: `${changed.name} was saved` });
    if (changed.checked === null && changed.locked === null) startCheck(changed);
    onClose();
  }

  return (
    <Dialog
      open
      onClose={onClose}
      size="lg"
      title={`Edit ${connection.name}`}
      description={preset.about}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form={formId}
            look="accent"
            busy={busy}
            reason={unchanged && 'Nothing was changed yet.'}
          >
            Save
          </Button>
        </>
      }
    >
      <form
        ref={form}
        id={formId}
        noValidate
        className="grid gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          if (!unchanged) submit(preset, connection, save);
        }}
      >
        <ConnectionForm
          preset={preset}
          atTerms={atTerms}
          keyAgain={needsKeyAgain(connection, draft)}
          connection={connection}
          draft={draft}
          problems={problems}
          onChange={change}
        />
        {problems.other && <Band tone="bad">{problems.other}</Band>}
      </form>
    </Dialog>
  );
}

/** A preset this version no longer knows is edited like any compatible server. */
function presetOf({ preset, dialect }: Connection): Preset {
  const known = presetNamed(preset) ?? presets.find((one) => one.dialect === dialect && one.baseUrl === null);
  if (!known) throw new Error(`No preset speaks ${dialect}.`);
  return known;
}
