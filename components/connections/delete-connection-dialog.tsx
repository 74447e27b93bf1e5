'use client';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Band } from '#components/ui/band';
import { Button } from '#components/ui/button';
import { Dialog } from '#components/ui/dialog';
import { useToast } from '#components/ui/toast';
import type { Connection } from '#lib/model/connection';
import { deleteConnection } from './queries.ts';

export function DeleteConnectionDialog({
  connection,
  onClose,
}: {
  connection: Connection | null;
  onClose: () => void;
}) {
  const router = useRouter();
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');
  const name = connection?.name ?? '';

  function close() {
    setProblem('');
    onClose();
  }

  async function remove() {
    if (!connection) return;
    setBusy(true);
    try {
      await deleteConnection(connection.id);
      toast({ title: `${name} was deleted` });
      router.refresh();
      close();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : 'It could not be deleted.');
    } finally {
      setBusy(false);
    }
  }

  return (
    <Dialog
      open={connection !== null}
      onClose={close}
      size="sm"
      title={`Delete ${name}?`}
      description="Its key is destroyed. Batches that were sent with it stay, with their results."
      footer={
        <>
          <Button onClick={close} data-autofocus>
            Keep it
          </Button>
          <Button look="danger" busy={busy} onClick={remove}>
            Delete {name}
          </Button>
        </>
      }
    >
      {problem && <Band tone="bad">{problem}</Band>}
    </Dialog>
  );
}
