'use client';
import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import { Band } from '#components/ui/band';
import { Button } from '#components/ui/button';
import { Combobox } from '#components/ui/combobox';
import { Dialog } from '#components/ui/dialog';
import { Field } from '#components/ui/field';
import { Input } from '#components/ui/input';
import type { Connection } from '#lib/model/connection';
import { newId } from '#lib/model/id';
import { paths } from '#lib/paths';
import { makeBatch } from './queries.ts';

export type BatchTarget = Pick<Connection, 'id' | 'name' | 'preset' | 'locked'>;

/** A batch of a file that is here already: nothing is uploaded again. */
export function MakeBatchDialog({
  file,
  targets,
  onClose,
}: {
  file: { id: string; name: string };
  targets: BatchTarget[];
  onClose: () => void;
}) {
  const router = useRouter();
  const [name, setName] = useState(file.name.replace(/\.[a-z]{1,8}$/i, ''));
  const [connection, setConnection] = useState(targets.find(({ locked }) => locked === null)?.id ?? null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');
  const order = useRef({ text: '', key: '' });

  async function make() {
    if (!connection) return;
    setBusy(true);
    setProblem('');
    try {
      const body = { fileId: file.id, connection, name: name.trim() };
      const text = JSON.stringify(body);
      if (order.current.text !== text) order.current = { text, key: newId('req') };
      router.push(paths.batch((await makeBatch(body, order.current.key)).id));
    } catch (error) {
      setBusy(false);
      setProblem(error instanceof Error ? error.message : 'The batch could not be made.');
    }
  }

  const reason = name.trim() === '' ? 'Give the batch a name.' : connection ? null : 'Choose a connection.';
  return (
    <Dialog
      open
      onClose={onClose}
      title="Make a batch"
      description={`Of ${file.name}, as it is stored.`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="accent" busy={busy} reason={reason} onClick={make}>
            Create batch
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        <Field label="Name">
          <Input value={name} maxLength={200} onChange={(event) => setName(event.target.value)} />
        </Field>
        <Field label="Connection">
          <Combobox
            value={connection}
            onChange={setConnection}
            placeholder="Choose a connection"
            options={targets.map(({ id, name, preset, locked }) => ({
              value: id,
              label: name,
              hint: preset === 'sandbox' ? 'built in, costs nothing' : preset,
              reason: locked,
            }))}
          />
        </Field>
        {problem && <Band tone="bad">{problem}</Band>}
      </div>
    </Dialog>
  );
}
