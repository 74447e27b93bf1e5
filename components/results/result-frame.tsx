import Link from 'next/link';
import type { ReactNode } from 'react';
import { PageHeader } from '#components/shell/page-header';
import { conditionsIn } from '#lib/model/answer-field';
import { paths } from '#lib/paths';
import { conditionWords } from './condition-words.ts';
import { type ShownFilter, searchOf, wordsOf } from './shown-filter.ts';

/** Of the batch of a result what stands around it. */
export type ResultBatch = {
  id: string;
  name: string;
  total: number;
  /** What it cost is a price nobody pays. */
  demo: boolean;
};

/** How one goes on to another address without leaving the page; undefined where it is a page of its own. */
export type Go = ((href: string) => void) | undefined;

/** The way back to the table, which request this is, and what is known about it. */
export function ResultFrame({
  batch,
  ordinal,
  title,
  filter,
  onGo,
  actions,
  children,
}: {
  batch: ResultBatch;
  ordinal: number;
  title: string;
  filter: ShownFilter;
  onGo: Go;
  actions?: ReactNode;
  children: ReactNode;
}) {
  const words = searchOf(wordsOf(filter));
  const back = words === '' ? paths.batch(batch.id) : `${paths.batch(batch.id)}?${words}`;
  return (
    <>
      <Link href={back} onNavigate={goBy(onGo, back)} className="text-muted text-sm hover:text-ink">
        ← {batch.name}
      </Link>
      <div className="pt-2">
        <PageHeader
          title={title}
          meaning={`Request ${ordinal} of ${batch.total}${amongWhat(filter)}`}
          actions={actions}
        />
      </div>
      {children}
    </>
  );
}

/** For a link that opens in place, unless it is opened in another tab. */
export function goBy(onGo: Go, href: string) {
  if (!onGo) return undefined;
  return (event: { preventDefault: () => void }) => {
    event.preventDefault();
    onGo(href);
  };
}

function amongWhat({ outcome, group, q, flag, model, where }: ShownFilter): string {
  const among = [
    outcome && `the ${outcome}`,
    flag && `the ${flag}`,
    model && `those of ${model}`,
    group && 'one error group',
    q && `those with “${q}”`,
    where && `those where ${(conditionsIn(where) ?? []).map(conditionWords).join(' and ')}`,
  ].filter(Boolean);
  return among.length === 0 ? '' : `, among ${among.join(' of ')}`;
}
