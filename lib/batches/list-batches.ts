import 'server-only';
import { sql } from 'kysely';
import { demand } from '#lib/auth/permissions';
import type { Context } from '#lib/context';
import type { BatchSummary } from '#lib/model/batch';
import type { BatchesQuery, BatchFilter } from '#lib/model/batch.schema';
import { cursorOf, orderOf, placeIn } from './batch-order.ts';
import { batchWhere } from './batch-where.ts';
import { showSummaries } from './show-batch.ts';

export type BatchList = { items: BatchSummary[]; nextCursor: string | null; total: number };
export type BatchView = NonNullable<BatchFilter['view']>;

export async function listBatches(ctx: Context, query: BatchesQuery): Promise<BatchList> {
  demand(ctx, 'read');
  const { key, newestFirst } = orderOf(query.sort);
  const after = query.cursor === undefined ? null : placeIn(query.cursor, query.sort);
  const direction = newestFirst ? 'desc' : 'asc';
  let page = ctx.db
    .selectFrom('batches')
    .selectAll()
    .select(key.as('sort_key'))
    .where((eb) => batchWhere(eb, ctx, query));
  if (after) {
    const compare = newestFirst ? '<' : '>';
    page = page.where((eb) =>
      eb.or([
        eb(key, compare, after.value),
        eb.and([eb(key, '=', after.value), eb('id', compare, after.id)]),
      ]),
    );
  }
  const rows = await page
    .orderBy(sql.ref('sort_key'), direction)
    .orderBy('id', direction)
    .limit(query.limit + 1)
    .execute();
  const items = rows.slice(0, query.limit);
  const last = rows.length > query.limit ? items.at(-1) : undefined;
  return {
    items: await showSummaries(ctx, items),
    nextCursor: last ? cursorOf({ value: last.sort_key, id: last.id }) : null,
    total: await countBatches(ctx, query),
  };
}

const views: BatchView[] = ['needs-you', 'running', 'today', 'all'];

/** How many batches stand behind each tile of the list, by one look at them all. */
export async function countViews(ctx: Context): Promise<Record<BatchView, number>> {
  demand(ctx, 'read');
  const counts = await ctx.db
    .selectFrom('batches')
    .select((eb) =>
      views.map((view) =>
        eb.fn
          .count(
            eb
              .case()
              .when(batchWhere(eb, ctx, { view }))
              .then(1)
              .end(),
          )
          .as(view),
      ),
    )
    .where((eb) => batchWhere(eb, ctx, {}))
    .executeTakeFirstOrThrow();
  return Object.fromEntries(views.map((view) => [view, Number(counts[view])])) as Record<BatchView, number>;
}

export async function countBatches(ctx: Context, filter: BatchFilter): Promise<number> {
  const { n } = await ctx.db
    .selectFrom('batches')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where((eb) => batchWhere(eb, ctx, filter))
    .executeTakeFirstOrThrow();
  return Number(n);
}
