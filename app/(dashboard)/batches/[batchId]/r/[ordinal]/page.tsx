import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { ResultScreen } from '#components/results/result-screen';
import { askedBy, type ShownFilter, searchOf, shownFilterIn } from '#components/results/shown-filter';
import { resultHref } from '#components/results/source';
import { Page } from '#components/shell/page';
import { requireMember } from '#lib/auth/current-user';
import { getBatch } from '#lib/batches/get-batch';
import { getConnection } from '#lib/connections/get-connection';
import type { Context } from '#lib/context';
import { Refusal } from '#lib/errors';
import type { Batch } from '#lib/model/batch';
import type { SendTarget } from '#lib/model/request-job';
import { ordinalSchema, resultQuerySchema } from '#lib/model/result.schema';
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
  const { name, counts, cost } = batch;
  return (
    <Page>
      <ResultScreen
        batch={{ id: batchId, name, total: counts.total, demo: cost?.source === 'demo' }}
        result={result}
        filter={filter}
        target={target}
      />
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
