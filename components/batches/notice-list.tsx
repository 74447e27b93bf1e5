import { Band } from '#components/ui/band';
import { Time } from '#components/ui/time';
import type { Batch } from '#lib/model/batch';

/** What is worth knowing and needs nobody now. */
export function NoticeList({ batch }: { batch: Pick<Batch, 'notices' | 'parts'> }) {
  return batch.notices.map(({ code, part, message, at }) => (
    <Band key={`${code} ${part} ${message}`} tone="info">
      {batch.parts.length > 1 && `Part ${part}: `}
      {message}
      {at && (
        <>
          {' '}
          Kept until <Time at={at} />.
        </>
      )}
    </Band>
  ));
}
