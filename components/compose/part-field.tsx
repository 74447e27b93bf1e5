'use client';
import { X } from 'lucide-react';
import { useFormContext } from 'react-hook-form';
import { IconButton } from '#components/ui/icon-button';
import { Textarea } from '#components/ui/input';
import { piece } from '#components/ui/piece';
import type { SheetFields } from '#lib/model/request-form/fields';
import type { PartFields } from '#lib/model/request-form/turn-fields';

const PieceField = piece(() => import('./piece-field.tsx').then((m) => m.PieceField));

export type PartPath = `params.${string}.turns.${number}.parts.${number}`;

/** One piece of a turn: mostly text. */
export function PartField({
  at,
  kind,
  label,
  named,
  onRemove,
}: {
  at: PartPath;
  kind: PartFields['kind'];
  label: string;
  /** Carries the label of the field around it. */
  named: boolean;
  onRemove: (() => void) | null;
}) {
  const { register } = useFormContext<SheetFields>();
  const own = named ? {} : { id: undefined, 'aria-label': label };
  return (
    <div className="flex items-start gap-1.5">
      {kind === 'text' ? (
        <Textarea
          {...register(`${at}.text`)}
          {...own}
          rows={3}
          placeholder="What is said"
          className="min-h-20"
        />
      ) : (
        <PieceField at={at} kind={kind} label={label} />
      )}
      {onRemove && (
        <IconButton label={`Remove ${label}`} size="sm" onClick={onRemove}>
          <X aria-hidden />
        </IconButton>
      )}
    </div>
  );
}
