'use client';
import { ChevronRight, Download } from 'lucide-react';
import { useId } from 'react';
import { Button } from '#components/ui/button';
import { buttonClass } from '#components/ui/button-class';
import { Num } from '#components/ui/num';
import { cn } from '#lib/cn';
import type { MismatchKind } from '#lib/model/reconciliation';
import { apiPaths } from '#lib/paths';
import { MismatchList } from './mismatch-list.tsx';

const meaning: Record<MismatchKind, string> = {
  missing: 'requests the provider never answered',
  duplicate: 'more lines with an id that has an answer of the same outcome already',
  conflicting: 'more lines with an id whose first answer ended otherwise',
  unknown: 'lines with an id that was never submitted',
  unparseable: 'lines that cannot be read, or name no id',
};

/** One way in which submitted and received do not match, with all that are meant. */
export function MismatchSection({
  batchId,
  edition,
  kind,
  count,
  isOpen,
  onToggle,
  retry,
}: {
  batchId: string;
  edition: string;
  kind: MismatchKind;
  count: number;
  isOpen: boolean;
  onToggle: () => void;
  retry: { reason: string | null; go: () => void } | null;
}) {
  const id = useId();
  const heading = (
    <>
      <span className="w-28 font-medium">{kind}</span>
      <Num value={count} className={cn('w-14 text-right', count === 0 && 'text-muted')} />
      <span className={cn('text-left text-muted text-sm max-sm:basis-full', count > 0 && 'max-sm:pl-7')}>
        {meaning[kind]}
      </span>
    </>
  );
  if (count === 0)
    return <li className="flex flex-wrap items-baseline gap-x-4 border-b py-3 pl-7">{heading}</li>;
  return (
    <li className="border-b">
      <h2 className="text-base">
        <button
          type="button"
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={onToggle}
          className="flex w-full flex-wrap items-baseline gap-x-4 rounded-control py-3 text-left -outline-offset-2 hover:bg-hover"
        >
          <ChevronRight
            aria-hidden
            className={cn(
              '-mr-1 size-4 shrink-0 self-center text-muted transition-transform',
              isOpen && 'rotate-90',
            )}
          />
          {heading}
        </button>
      </h2>
      <div id={id} hidden={!isOpen} className="grid gap-3 pt-1 pb-5 sm:pl-7">
        {isOpen && (
          <>
            <div data-noprint className="flex flex-wrap gap-2">
              <a
                href={
                  kind === 'missing'
                    ? `${apiPaths.export(batchId, 'input.jsonl')}?outcome=missing`
                    : apiPaths.mismatches(batchId, kind)
                }
                download
                className={buttonClass({ size: 'sm' })}
              >
                <Download aria-hidden />
                {kind === 'missing' ? 'Download these requests' : 'Download these lines'}
              </a>
              {retry && (
                <Button size="sm" reason={retry.reason} onClick={retry.go}>
                  Retry missing
                </Button>
              )}
            </div>
            <MismatchList batchId={batchId} edition={edition} kind={kind} />
          </>
        )}
      </div>
    </li>
  );
}
