'use client';
import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import { type ConnectionChoice, ConnectionField } from '#components/shell/connection-field';
import { Band } from '#components/ui/band';
import { Button } from '#components/ui/button';
import { Dialog } from '#components/ui/dialog';
import { Field } from '#components/ui/field';
import { Input } from '#components/ui/input';
import { newId } from '#lib/model/id';
import { paths } from '#lib/paths';
import { makeBatch } from './queries.ts';

/** A batch of a file that is here already: nothing is uploaded again. */
export function MakeBatchDialog({
  file,
  targets,
  onClose,
}: {
  file: { id: string; name: string };
  targets: ConnectionChoice[];
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
        <ConnectionField value={connection} onChange={setConnection} choices={targets} />
        {problem && <Band tone="bad">{problem}</Band>}
      </div>
    </Dialog>
  );
}
