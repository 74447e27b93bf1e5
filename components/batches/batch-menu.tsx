'use client';
import { BellRing, Copy, CopyPlus, Ellipsis, GitCompare, PencilLine, Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Menu, MenuItem, MenuLine } from '#components/ui/menu';
import { useToast } from '#components/ui/toast';
import type { Batch } from '#lib/model/batch';
import { isDeletable, isOver } from '#lib/model/phase';
import { paths } from '#lib/paths';
import { DeleteBatchDialog } from './delete-batch-dialog.tsx';
import { EditBatchDialog } from './edit-batch-dialog.tsx';
import { useNotice } from './use-notice.ts';

/** What one seldom does with a batch; the rest stands beside it as buttons. */
export function BatchMenu({
  batch,
  mayOperate,
  onAgain,
}: {
  batch: Batch;
  mayOperate: boolean;
  onAgain: () => Promise<void>;
}) {
  const router = useRouter();
  const toast = useToast();
  const notice = useNotice(batch);
  const [open, setOpen] = useState<'edit' | 'delete' | null>(null);
  const close = () => setOpen(null);
  const reason = mayOperate ? null : 'Your role may read batches, not change them.';
  async function copyId() {
    try {
      await navigator.clipboard.writeText(batch.id);
      toast({ title: 'Id copied' });
    } catch {
      toast({ title: 'Copying was refused by the browser', tone: 'bad' });
    }
  }
  async function again() {
    try {
      await onAgain();
    } catch (error) {
      toast({
        title: error instanceof Error ? error.message : 'It could not be composed again.',
        tone: 'bad',
      });
    }
  }
  return (
    <>
      <Menu label="More actions" icon={<Ellipsis aria-hidden />} iconOnly>
        <MenuItem icon={<PencilLine aria-hidden />} reason={reason} onClick={() => setOpen('edit')}>
          Edit name, tags and note
        </MenuItem>
        <MenuItem icon={<CopyPlus aria-hidden />} reason={reason} onClick={again}>
          Compose again
        </MenuItem>
        {!isOver(batch.phase) && (
          <MenuItem icon={<BellRing aria-hidden />} reason={notice.reason} onClick={notice.toggle}>
            {notice.on ? 'Do not tell me when it is over' : 'Tell me when it is over'}
          </MenuItem>
        )}
        <MenuItem
          icon={<GitCompare aria-hidden />}
          reason={isOver(batch.phase) || batch.attempts.length > 1 ? null : 'It has no results yet.'}
          onClick={() => router.push(paths.compare(batch.id))}
        >
          Compare with…
        </MenuItem>
        <MenuItem icon={<Copy aria-hidden />} onClick={copyId}>
          Copy id
        </MenuItem>
        <MenuLine />
        <MenuItem
          danger
          icon={<Trash2 aria-hidden />}
          reason={reason ?? (isDeletable(batch) ? null : 'It is not over yet. Cancel it first.')}
          onClick={() => setOpen('delete')}
        >
          Delete
        </MenuItem>
      </Menu>
      {open === 'edit' && <EditBatchDialog batch={batch} onClose={close} />}
      {open === 'delete' && <DeleteBatchDialog batch={batch} onClose={close} />}
    </>
  );
}
