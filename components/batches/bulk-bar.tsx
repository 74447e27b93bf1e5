'use client';
import { Ban, GitCompare, Tags, Trash2, X } from 'lucide-react';
import { useState } from 'react';
import { LinkButton } from '#components/shell/link-button';
import { Button } from '#components/ui/button';
import { useFormat } from '#components/ui/format-context';
import { IconButton } from '#components/ui/icon-button';
import { formatNumber } from '#lib/format';
import { paths } from '#lib/paths';
import { type BulkAction, BulkDialog } from './bulk-dialog.tsx';
import type { ListFilter } from './list-filter.ts';
import type { Selecting } from './use-selection.ts';

/** What can be done with what is selected; it floats over the end of the list and leaves with the selection. */
export function BulkBar({
  selecting,
  filter,
  total,
  mayOperate,
}: {
  selecting: Selecting;
  filter: ListFilter;
  /** How many the filter finds. */
  total: number;
  mayOperate: boolean;
}) {
  const format = useFormat();
  const [action, setAction] = useState<BulkAction | null>(null);
  const { all, ids } = selecting.selection;
  const count = all ? total : ids.size;
  if (count === 0) return null;
  // Ids tell the time: the older one comes first.
  const [older, newer, ...others] = all ? [] : [...ids].sort();
  const reason = mayOperate ? null : 'Your role may read batches, not change them.';
  return (
    <section
      aria-label="Selection"
      className="appear sticky bottom-4 z-10 mx-auto mt-4 flex w-fit max-w-full flex-wrap items-center gap-2 rounded-panel bg-raised p-2 pl-4 shadow-float max-md:bottom-18"
    >
      <span role="status" className="tabular text-sm">
        {formatNumber(count, format)} selected
      </span>
      {!all && total > ids.size && (
        <Button look="ghost" size="sm" onClick={selecting.takeAll}>
          Select all {formatNumber(total, format)}
        </Button>
      )}
      <span aria-hidden className="h-5 border-l max-sm:hidden" />
      {older && newer && others.length === 0 && (
        <LinkButton size="sm" href={paths.compare(older, { with: newer })} icon={<GitCompare aria-hidden />}>
          Compare
        </LinkButton>
      )}
      <Button size="sm" icon={<Tags aria-hidden />} reason={reason} onClick={() => setAction('tag')}>
        Tag
      </Button>
      <Button size="sm" icon={<Ban aria-hidden />} reason={reason} onClick={() => setAction('cancel')}>
        Cancel
      </Button>
      <Button size="sm" icon={<Trash2 aria-hidden />} reason={reason} onClick={() => setAction('delete')}>
        Delete
      </Button>
      <IconButton label="Clear the selection" size="sm" onClick={selecting.clear}>
        <X aria-hidden />
      </IconButton>
      {action && (
        <BulkDialog
          action={action}
          which={all ? { filter, count } : { ids: [...ids] }}
          count={count}
          onClose={() => setAction(null)}
          onDone={selecting.clear}
        />
      )}
    </section>
  );
}
