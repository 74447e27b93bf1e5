'use client';
import { ArrowDown, ArrowUp, Ellipsis, ImagePlus, MessageSquareText, Trash2, Wrench } from 'lucide-react';
import { Menu, MenuItem, MenuLine } from '#components/ui/menu';
import type { PartFields } from '#lib/model/request-form/turn-fields';

/** What can be added to a turn, and where it stands among the others. */
export function TurnMenu({
  n,
  count,
  role,
  onRemove,
  onMove,
  onAdd,
}: {
  n: number;
  count: number;
  role: string;
  onRemove: () => void;
  onMove: (by: 1 | -1) => void;
  /** Null for a turn that is only JSON. */
  onAdd: ((kind: PartFields['kind']) => void) | null;
}) {
  if (!onAdd && count === 1) return null;
  return (
    <Menu label={`More about turn ${n + 1}`} iconOnly icon={<Ellipsis aria-hidden />} look="ghost" size="sm">
      {onAdd && (
        <>
          <MenuItem icon={<MessageSquareText aria-hidden />} onClick={() => onAdd('text')}>
            Add text
          </MenuItem>
          <MenuItem icon={<ImagePlus aria-hidden />} onClick={() => onAdd('image')}>
            Add image by address
          </MenuItem>
          <MenuItem
            icon={<Wrench aria-hidden />}
            onClick={() => onAdd(role === 'assistant' ? 'call' : 'result')}
          >
            {role === 'assistant' ? 'Add tool call' : 'Add tool result'}
          </MenuItem>
        </>
      )}
      {onAdd && count > 1 && <MenuLine />}
      {n > 0 && (
        <MenuItem icon={<ArrowUp aria-hidden />} onClick={() => onMove(-1)}>
          Move up
        </MenuItem>
      )}
      {n < count - 1 && (
        <MenuItem icon={<ArrowDown aria-hidden />} onClick={() => onMove(1)}>
          Move down
        </MenuItem>
      )}
      {count > 1 && (
        <MenuItem icon={<Trash2 aria-hidden />} onClick={onRemove}>
          Remove turn
        </MenuItem>
      )}
    </Menu>
  );
}
