'use client';
import { Band } from '#components/ui/band';
import { useFormat } from '#components/ui/format-context';
import { formatExact } from '#lib/format';
import type { Batch } from '#lib/model/batch';

/** What is worth knowing and needs nobody now. */
export function NoticeList({ batch }: { batch: Pick<Batch, 'notices' | 'parts'> }) {
  const format = useFormat();
  return batch.notices.map(({ code, part, message, at }) => (
    <Band key={`${code} ${part} ${message}`} tone="info">
      {batch.parts.length > 1 && `Part ${part}: `}
      {message}
      {at && ` Kept until ${formatExact(at, format)}.`}
    </Band>
  ));
}
