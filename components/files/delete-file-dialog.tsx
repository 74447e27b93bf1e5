'use client';
import { useState } from 'react';
import { Band } from '#components/ui/band';
import { Button } from '#components/ui/button';
import { Dialog } from '#components/ui/dialog';
import { useToast } from '#components/ui/toast';
import { deleteFile } from './queries.ts';

export function DeleteFileDialog({
  file,
  onClose,
  onDeleted,
}: {
  file: { id: string; name: string } | null;
  onClose: () => void;
  onDeleted: () => void;
}) {
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');

  function close() {
    setProblem('');
    onClose();
  }

  async function remove() {
    if (!file) return;
    setBusy(true);
    try {
      await deleteFile(file.id);
      toast({ title: `${file.name} was deleted` });
      close();
      onDeleted();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : 'It could not be deleted.');
    } finally {
      setBusy(false);
    }
  }

  return (
    <Dialog
      open={file !== null}
      onClose={close}
      size="sm"
      title={`Delete ${file?.name ?? ''}?`}
      description="Its bytes and its findings go. Files that were made from it stay."
      footer={
        <>
          <Button onClick={close} data-autofocus>
            Keep it
          </Button>
          <Button look="danger" busy={busy} onClick={remove}>
            Delete file
          </Button>
        </>
      }
    >
      {problem && <Band tone="bad">{problem}</Band>}
    </Dialog>
  );
}
