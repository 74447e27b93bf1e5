'use client';
import Link from 'next/link';
import { useFormat } from '#components/ui/format-context';
import { formatNumber } from '#lib/format';
import type { FileSummary } from '#lib/model/file';
import { paths } from '#lib/paths';

const link = 'text-ink underline decoration-line-strong underline-offset-4 hover:decoration-current';

/** What a file was made from and what became of it. */
export function FileTies({ file: { origin, derived, usedBy, id } }: { file: FileSummary }) {
  const format = useFormat();
  const more = usedBy.total - usedBy.newest.length;
  return (
    <>
      {origin && (
        <span>
          made from{' '}
          {origin.name === null ? (
            'a file that was deleted'
          ) : (
            <Link href={paths.file(origin.id)} className={link}>
              {origin.name}
            </Link>
          )}
        </span>
      )}
      {usedBy.total > 0 && (
        <span>
          sent as{' '}
          {usedBy.newest.map((batch, n) => (
            <span key={batch.id}>
              {n > 0 && ', '}
              <Link href={paths.batch(batch.id)} className={link}>
                {batch.name}
              </Link>
            </span>
          ))}
          {more > 0 && ` and ${formatNumber(more, format)} more`}
        </span>
      )}
      {derived > 0 && (
        <Link href={`${paths.files}?from=${id}`} className="underline-offset-4 hover:underline">
          {formatNumber(derived, format)} made from it
        </Link>
      )}
    </>
  );
}
