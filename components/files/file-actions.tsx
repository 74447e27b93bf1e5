'use client';
import { Download, Send, Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { ConnectionChoice } from '#components/shell/connection-field';
import { Button } from '#components/ui/button';
import { buttonClass } from '#components/ui/button-class';
import { IconButton } from '#components/ui/icon-button';
import type { FileSummary } from '#lib/model/file';
import { apiPaths, paths } from '#lib/paths';
import { DeleteFileDialog } from './delete-file-dialog.tsx';
import { MakeBatchDialog } from './make-batch-dialog.tsx';

export function FileActions({
  file,
  targets,
  mayOperate,
}: {
  file: FileSummary;
  targets: ConnectionChoice[];
  mayOperate: boolean;
}) {
  const router = useRouter();
  const [open, setOpen] = useState<'batch' | 'delete' | null>(null);
  const reason = file.usable ? null : 'No batch can be made of it until its lines are right.';
  return (
    <>
      <a href={apiPaths.content(file.id)} download className={buttonClass()}>
        <Download aria-hidden />
        Download
      </a>
      {mayOperate && (
        <>
          <Button look="accent" icon={<Send aria-hidden />} reason={reason} onClick={() => setOpen('batch')}>
            Make a batch
          </Button>
          <IconButton label="Delete this file" onClick={() => setOpen('delete')}>
            <Trash2 aria-hidden />
          </IconButton>
        </>
      )}
      {open === 'batch' && <MakeBatchDialog file={file} targets={targets} onClose={() => setOpen(null)} />}
      <DeleteFileDialog
        file={open === 'delete' ? file : null}
        onClose={() => setOpen(null)}
        onDeleted={() => {
          router.push(paths.files);
          router.refresh();
        }}
      />
    </>
  );
}
