'use client';
import dynamic from 'next/dynamic';
import type { ReactNode } from 'react';
import { type PagedRows, usePagedRows } from '#components/results/use-paged-rows';
import { LinkButton } from '#components/shell/link-button';
import { useUrlParam } from '#components/shell/use-url-param';
import { Band } from '#components/ui/band';
import { Button } from '#components/ui/button';
import { EmptyState } from '#components/ui/empty-state';
import { Menu, MenuLink } from '#components/ui/menu';
import { SearchField } from '#components/ui/search-field';
import { Skeleton } from '#components/ui/skeleton';
import type { Comparison as Compared, ComparedSide, ComparisonPage, PairRow } from '#lib/model/comparison';
import { isOver } from '#lib/model/phase';
import { apiPaths, pairFileNames, paths } from '#lib/paths';
import { ChangeFilter } from './change-filter.tsx';
import { ruleWords } from './change-words.ts';
import { type Comparing, searchFor } from './compare-words.ts';
import { PairsTable } from './pairs-table.tsx';
import { pairsQuery } from './queries.ts';
import { TotalsTable } from './totals-table.tsx';

const PairDialog = dynamic(() => import('./pair-dialog.tsx').then((m) => m.PairDialog));

/** Two sides request by request: what they come to, and what has become of each. */
export function Comparison({
  batchId,
  comparing,
  headOf,
}: {
  batchId: string;
  comparing: Comparing;
  headOf: (sides: Compared) => ReactNode;
}) {
  const rows = usePagedRows<PairRow, ComparisonPage>((page) => pairsQuery(batchId, comparing, page));
  const { start: told, error } = rows;
  if (error && !told) {
    return (
      <Band tone="bad" title="These cannot be compared" actions={<Another batchId={batchId} />}>
        {error.message}
      </Band>
    );
  }
  if (!told) return <Reading />;
  return (
    <div className="grid gap-5">
      {headOf(told)}
      <Standing sides={told} />
      {told.first.ready && told.second.ready && (
        <Pairs batchId={batchId} comparing={comparing} told={told} rows={rows} />
      )}
    </div>
  );
}

function Pairs({
  batchId,
  comparing,
  told,
  rows,
}: {
  batchId: string;
  comparing: Comparing;
  told: Compared;
  rows: PagedRows<PairRow, ComparisonPage>;
}) {
  const [, setShow] = useUrlParam('show');
  const [, setQ] = useUrlParam('q');
  const [open, setOpen] = useUrlParam('pair');
  const { total } = rows;
  const both = told.counts.changed + told.counts.outcome + told.counts.same + told.counts.unanswered;
  if (both === 0) return <NothingShared batchId={batchId} />;
  return (
    <>
      <TotalsTable first={told.first} second={told.second} />
      <div className="flex flex-wrap items-center justify-between gap-2">
        <ChangeFilter counts={told.counts} value={comparing.show} onChange={setShow} />
        <div className="flex flex-1 items-center justify-end gap-2 max-sm:basis-full">
          <SearchField
            label="Search custom_id"
            placeholder="custom_id"
            value={comparing.q}
            onSearch={(q) => setQ(q || null)}
            className="sm:max-w-64"
          />
          <Downloads batchId={batchId} comparing={comparing} />
        </div>
      </div>
      <p className="text-muted text-sm">{ruleWords(told.byValue, told.counts.changed + told.counts.same)}</p>
      {total === 0 ? (
        <EmptyState
          title="No pair matches"
          action={
            <Button
              onClick={() => {
                setShow(null);
                setQ(null);
              }}
            >
              Show all
            </Button>
          }
        />
      ) : (
        <PairsTable
          rows={rows}
          asked={`${comparing.show} ${comparing.q}`}
          hrefOf={(pair) => `?${searchFor(comparing, { pair: String(pair) })}`}
          onOpen={(pair) => setOpen(String(pair))}
        />
      )}
      <p role="status" className="sr-only">
        {total} {total === 1 ? 'pair' : 'pairs'}
      </p>
      {open && /^[1-9]\d{0,9}$/.test(open) && (
        <PairDialog
          batchId={batchId}
          comparing={comparing}
          pair={Number(open)}
          sides={told}
          onMove={(pair) => setOpen(String(pair))}
          onClose={() => setOpen(null)}
        />
      )}
    </>
  );
}

function Downloads({ batchId, comparing }: { batchId: string; comparing: Comparing }) {
  return (
    <Menu label="Download" size="sm">
      {pairFileNames.map((name) => (
        <MenuLink key={name} href={`${apiPaths.pairFile(batchId, name)}?${searchFor(comparing)}`} download>
          <span className="font-mono text-xs">{name}</span>
        </MenuLink>
      ))}
    </Menu>
  );
}

/** What is not there yet, or may still change. */
function Standing({ sides: { first, second } }: { sides: Compared }) {
  const named: [string, ComparedSide][] = [
    ['A', first],
    ['B', second],
  ];
  const unready = named.filter(([, side]) => !side.ready).map(([letter]) => letter);
  const moving = named.filter(([, side]) => side.ready && !isOver(side.phase)).map(([letter]) => letter);
  if (unready.length > 0) {
    return (
      <Band
        tone="info"
        title={`${unready.join(' and ')} ${unready.length > 1 ? 'have' : 'has'} no results yet`}
      >
        They are compared here as soon as there are some.
      </Band>
    );
  }
  if (moving.length === 0) return null;
  return (
    <Band tone="info">
      {moving.join(' and ')} {moving.length > 1 ? 'are' : 'is'} still running: what is there now is compared.
    </Band>
  );
}

function NothingShared({ batchId }: { batchId: string }) {
  return (
    <EmptyState title="Nothing in common" action={<Another batchId={batchId} />}>
      No custom_id stands in both of them.
    </EmptyState>
  );
}

function Another({ batchId }: { batchId: string }) {
  return <LinkButton href={paths.compare(batchId)}>Choose another</LinkButton>;
}

function Reading() {
  return (
    <div className="grid gap-3">
      <p role="status" className="text-muted">
        Reading both sides…
      </p>
      <Skeleton className="h-40" />
      <Skeleton className="h-64" />
    </div>
  );
}
