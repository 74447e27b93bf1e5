import 'server-only';
import type { Context } from '#lib/context';
import { notFound } from '#lib/errors';
import {
  anomalyKinds,
  type Mismatch,
  type MismatchKind,
  type Reconciliation,
} from '#lib/model/reconciliation';
import type { ReconciliationQuery } from '#lib/model/reconciliation.schema';
import { outcomes } from '#lib/model/result';
import { readCursor, writeCursor } from './cursor.ts';
import type { Anomaly, IndexFiles } from './index-orders.ts';
import { indexedBatch } from './indexed-batch.ts';
import { readText } from './read-text.ts';

type Hands = Pick<Context, 'index' | 'blobs'>;
type Page = Pick<Reconciliation, 'items' | 'nextCursor'>;

/** A line is shown by its beginning; the whole of it can be had by its id. */
const shownBytes = 1_024;

/** What was submitted against what came back; of one kind of mismatch a page. */
export async function reconcile(
  ctx: Context,
  batchId: string,
  query: ReconciliationQuery,
): Promise<Reconciliation> {
  const { files } = await indexedBatch(ctx, batchId);
  if (files === null) throw notFound('The results of this batch');
  const { total, outcomes: codes, answers, anomalies } = await ctx.index.ask('balance', { files });
  const found = anomalyKinds.map((kind) => [kind, anomalies[kind] ?? 0] as const);
  const counts = outcomes.flatMap((outcome, code) => (codes[code] ? [[outcome, codes[code]]] : []));
  const byOutcome = Object.fromEntries(counts) as Reconciliation['outcomes'];
  return {
    submitted: total,
    received: answers + found.reduce((sum, [, count]) => sum + count, 0),
    outcomes: byOutcome,
    mismatches: { missing: byOutcome.missing ?? 0, ...Object.fromEntries(found) } as Record<
      MismatchKind,
      number
    >,
    ...(await pageOf(ctx, files, query)),
  };
}

async function pageOf(
  ctx: Hands,
  files: IndexFiles,
  { kind, cursor, limit }: ReconciliationQuery,
): Promise<Page> {
  if (kind === undefined) return { items: [], nextCursor: null };
  if (kind === 'missing') return missingPage(ctx, files, cursor, limit);
  const order = { files, kind, after: cursor ?? null, limit: limit + 1 };
  const { items, segments } = await ctx.index.ask('anomalies', order);
  const page = items.slice(0, limit);
  const shown = await Promise.all(page.map((anomaly) => shownAs(ctx, anomaly, segments)));
  return { items: shown, nextCursor: items.length > limit ? (page.at(-1)?.id ?? null) : null };
}

async function shownAs(ctx: Hands, { place, ...anomaly }: Anomaly, segments: string[]): Promise<Mismatch> {
  const key = segments[place.segment] ?? '';
  return { ...anomaly, raw: await readText(ctx, { key, ...place }, shownBytes) };
}

async function missingPage(
  ctx: Hands,
  files: IndexFiles,
  cursor: string | undefined,
  limit: number,
): Promise<Page> {
  const filter = { outcome: ['missing' as const] };
  const { rows, next } = await ctx.index.ask('page', { files, filter, from: readCursor(cursor) ?? 0, limit });
  return {
    items: rows.map(({ customId, ordinal, attempt }) => {
      return { kind: 'missing', id: null, customId, ordinal, attempt, raw: null };
    }),
    nextCursor: next && writeCursor(next),
  };
}

/** One line that fits no request as its answer, as it came. */
export async function readAnomalyBytes(
  ctx: Context,
  batchId: string,
  id: string,
): Promise<{ name: string; body: AsyncIterable<Uint8Array> }> {
  const { files } = await indexedBatch(ctx, batchId);
  const found = files && (await ctx.index.ask('anomaly', { files, id }));
  if (!found) throw notFound('This line');
  const { kind, place } = found.anomaly;
  return { name: `${kind}-${id}.json`, body: ctx.blobs.read(found.segments[place.segment] ?? '', place) };
}
