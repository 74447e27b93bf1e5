'use client';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#components/ui/button';
import { AddConnectionDialog } from './add-connection-dialog.tsx';

export function AddConnection({ mayChange, taken }: { mayChange: boolean; taken: string[] }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        look="accent"
        icon={<Plus aria-hidden />}
        reason={!mayChange && 'Connections hold keys, so only an admin may add one.'}
        onClick={() => setOpen(true)}
      >
        Add connection
      </Button>
      {open && <AddConnectionDialog taken={taken} onClose={() => setOpen(false)} />}
    </>
  );
}
