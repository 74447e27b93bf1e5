import { afterEach, expect, it } from 'vitest';
import { deleteBatch } from './delete-batch.ts';
import { getBatch } from './get-batch.ts';
import { accepted, json, jsonl, type Walk, walk } from './lifecycle-kit.ts';
import { listSpending } from './list-spending.ts';

let walked: Walk;
afterEach(() => walked.ctx.index.close());

/** A provider that is priced by lists, behind the scripted one. */
async function priced(): Promise<Walk> {
  walked = await walk();
  await walked.ctx.db.updateTable('connections').set({ preset: 'infron', discount: 0.5 }).execute();
  await walked.ctx.db.updateTable('batches').set({ preset: 'infron' }).execute();
  return walked;
}

const answer = (id: string, model: string) => ({
  custom_id: id,
  response: {
    status_code: 200,
    body: {
      model,
      choices: [{ message: { content: 'hello' }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 1_000, completion_tokens: 1_000, total_tokens: 2_000 },
    },
  },
  error: null,
});

async function finished({ provider, step, ctx, batchId }: Walk, models: [string, string], fees?: number) {
  const done = {
    id: 'batch_1',
    object: 'batch',
    status: 'completed',
    request_counts: { total: 2, completed: 2, failed: 0 },
    result_url: 'https://results.example/a.jsonl',
    ...(fees === undefined ? {} : { fees }),
  };
  provider.answers = [
    () => accepted(),
    () => json(done),
    () => jsonl(answer('a', models[0]), answer('b', models[1])),
  ];
  for (let n = 0; n < 4; n++) await step();
  return getBatch(ctx, batchId);
}

it('costs what the lists say less the discount, and says what that saved', async () => {
  const batch = await finished(await priced(), ['openai/gpt-4o-mini-batch', 'gpt-4o-mini-batch']);
  expect(batch).toMatchObject({
    phase: 'completed',
    cost: { amount: '0.00075', currency: 'USD', source: 'estimate', saved: '0.00075' },
    unpriced: 0,
    spent: [
      { model: 'openai/gpt-4o-mini-batch', pricedAs: 'gpt-4o-mini (OpenAI)', answers: 1, cost: '0.000375' },
      { model: 'gpt-4o-mini-batch', pricedAs: 'gpt-4o-mini (OpenAI)', realTime: '0.00075' },
    ],
  });
});

it('is what the provider charges where it says so', async () => {
  const batch = await finished(await priced(), ['gpt-4o-mini-batch', 'gpt-4o-mini-batch'], 0.0004);
  expect(batch.cost).toEqual({ amount: '0.0004', currency: 'USD', source: 'provider', saved: '0.0011' });
});

it('is not known where no list has the model, and is told apart from nought', async () => {
  const none = await finished(await priced(), ['house-model', 'house-model']);
  expect(none).toMatchObject({ cost: null, unpriced: 2, spent: [{ cost: null, realTime: null }] });
});

it('is told of what is known where some is not', async () => {
  const some = await finished(await priced(), ['house-model', 'gpt-4o-mini']);
  expect(some).toMatchObject({ cost: { amount: '0.000375', saved: null }, unpriced: 1 });
});

it('is told by month and connection, also of a batch that was deleted since', async () => {
  const { ctx, ...rest } = await priced();
  const { id } = await finished({ ctx, ...rest }, ['gpt-4o-mini', 'house-model']);
  await deleteBatch(ctx, id);
  const month = new Date(ctx.clock()).toISOString().slice(0, 7);
  const connection = await ctx.db.selectFrom('connections').select(['id', 'name']).executeTakeFirstOrThrow();
  expect(await listSpending(ctx)).toEqual([
    {
      month,
      connection,
      batches: 1,
      amount: '0.000375',
      currency: 'USD',
      saved: null,
      estimated: true,
      unpriced: 1,
    },
  ]);
  const actor = { ...ctx.actor, kind: 'token', connectionId: 'con_other' } as typeof ctx.actor;
  expect(await listSpending({ ...ctx, actor })).toEqual([]);
  await ctx.db.updateTable('batches').set({ cost_source: 'demo', unpriced: 0 }).execute();
  expect(await listSpending(ctx)).toEqual([]);
});
