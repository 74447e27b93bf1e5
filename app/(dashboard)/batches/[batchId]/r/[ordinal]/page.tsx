import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { conditionWords } from '#components/results/condition-words';
import { CopyResult } from '#components/results/copy-result';
import { ResultKeys } from '#components/results/result-keys';
import { ResultView } from '#components/results/result-view';
import {
  askedBy,
  type ShownFilter,
  searchOf,
  shownFilterIn,
  wordsOf,
} from '#components/results/shown-filter';
import { resultHref } from '#components/results/source';
import { Page } from '#components/shell/page';
import { PageHeader } from '#components/shell/page-header';
import { requireMember } from '#lib/auth/current-user';
import { getBatch } from '#lib/batches/get-batch';
import { getConnection } from '#lib/connections/get-connection';
import type { Context } from '#lib/context';
import { Refusal } from '#lib/errors';
import { conditionsIn } from '#lib/model/answer-field';
import type { Batch } from '#lib/model/batch';
import type { SendTarget } from '#lib/model/request-job';
import { ordinalSchema, resultQuerySchema } from '#lib/model/result.schema';
import { apiPaths, paths } from '#lib/paths';
import { getResult } from '#lib/results/get-result';

type Props = {
  params: Promise<{ batchId: string; ordinal: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { batchId, ordinal } = await params;
  const filter = filterIn(await searchParams);
  const ctx = await requireMember(resultHref({ batchId }, Number(ordinal) || 1, filter));
  const found = await load(ctx, batchId, ordinal, searchOf(askedBy(filter)));
  return { title: `${found.result.customId} · ${found.batch.name}` };
}

export default async function ResultPage({ params, searchParams }: Props) {
  const { batchId, ordinal } = await params;
  const filter = filterIn(await searchParams);
  const ctx = await requireMember(resultHref({ batchId }, Number(ordinal) || 1, filter));
  const { batch, result } = await load(ctx, batchId, ordinal, searchOf(askedBy(filter)));
  const target = await targetOf(ctx, batch);
  const source = { batchId };
  const words = searchOf(wordsOf(filter));
  const back = words === '' ? paths.batch(batchId) : `${paths.batch(batchId)}?${words}`;
  const whole = {
    request: apiPaths.resultBytes(batchId, result.ordinal, 'request'),
    response: apiPaths.resultBytes(batchId, result.ordinal, 'response'),
  };
  const to = (n: number | null) => (n === null ? null : resultHref(source, n, filter));
  return (
    <Page>
      <Link href={back} className="text-muted text-sm hover:text-ink">
        ← {batch.name}
      </Link>
      <div className="pt-2">
        <PageHeader
          title={result.customId}
          meaning={`Request ${result.ordinal} of ${batch.counts.total}${amongWhat(filter)}`}
          actions={
            <>
              <CopyResult request={result.request} response={result.response} whole={whole} target={target} />
              <ResultKeys previous={to(result.previous)} next={to(result.next)} />
            </>
          }
        />
      </div>
      <ResultView result={result} batchId={batchId} demo={batch.cost?.source === 'demo'} openAll={whole} />
    </Page>
  );
}

const load = cache(async (ctx: Context, batchId: string, ordinal: string, asked: string) => {
  const n = ordinalSchema.safeParse(ordinal);
  if (!n.success) notFound();
  try {
    const [batch, result] = await Promise.all([
      getBatch(ctx, batchId),
      getResult(
        ctx,
        batchId,
        n.data,
        resultQuerySchema.parse(Object.fromEntries(new URLSearchParams(asked))),
      ),
    ]);
    return { batch, result };
  } catch (error) {
    if (error instanceof Refusal && error.code === 'not_found') notFound();
    throw error;
  }
});

/** Where the request went, as a copied program needs it; null once the connection is gone. */
async function targetOf(ctx: Context, { connection }: Batch): Promise<SendTarget | null> {
  try {
    const { baseUrl, dialect, keyHeader, headers, completionWindow } = await getConnection(
      ctx,
      connection.id,
    );
    return { baseUrl, dialect, keyHeader, headers, completionWindow };
  } catch (error) {
    if (error instanceof Refusal && error.code === 'not_found') return null;
    throw error;
  }
}

function filterIn(params: Record<string, string | string[] | undefined>): ShownFilter {
  return shownFilterIn((name) => [params[name]].flat()[0]);
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
