import { expect, test } from 'vitest';
import { priceOf } from '#lib/results/price-book';
import { answerColumns, cell } from './answer-cells.ts';
import { Till } from './till.ts';

const cells = (given: Partial<Record<(typeof answerColumns)[number], number>>) =>
  answerColumns.map((name) => given[name] ?? null);
const used = () => cells({ input: 1_000, output: 1_000, total: 2_000 });
const half = { list: 'vendor', discount: 0.5 };

test('an answer costs its list price less the discount, and both are summed by model', () => {
  const till = new Till(half, priceOf);
  const one = used();
  till.ring(one, 'gpt-4o-mini-2024-07-18', 'openai/gpt-4o-mini-batch');
  till.ring(used(), 'gpt-4o-mini-2024-07-18', null);
  expect(one[cell.cost_nano]).toBe(375_000);
  expect(till.spent()).toEqual([
    {
      model: 'gpt-4o-mini-2024-07-18',
      pricedAs: 'gpt-4o-mini (OpenAI)',
      answers: 2,
      input: 2_000,
      output: 2_000,
      costNano: 750_000,
      listNano: 1_500_000,
      unpriced: 0,
    },
  ]);
});

test('where the model named has no price, that of the one asked for holds', () => {
  const till = new Till(half, priceOf);
  const named = used();
  till.ring(named, 'deployment-7', 'gpt-4o-mini-batch');
  expect(named[cell.cost_nano]).toBe(375_000);
  expect(till.spent()).toMatchObject([{ model: 'deployment-7', pricedAs: 'gpt-4o-mini (OpenAI)' }]);
});

test('what has no known price is counted and stays unknown', () => {
  const till = new Till(half, priceOf);
  const unknown = used();
  till.ring(unknown, 'house-model', null);
  till.ring(cells({ total: 10 }), 'gpt-4o-mini', null);
  expect(unknown[cell.cost_nano]).toBeNull();
  expect(till.spent().map(({ unpriced, costNano }) => [unpriced, costNano])).toEqual([
    [1, 0],
    [1, 0],
  ]);
});

test('what an answer says it cost wins, and one without tokens costs nothing', () => {
  const till = new Till({ list: null, discount: 0.5 }, () => null);
  till.ring(cells({ input: 5, output: 5, total: 10, cost_nano: 7 }), 'sandbox/instant', null);
  till.ring(cells({}), null, 'sandbox/instant');
  expect(till.spent()).toMatchObject([{ answers: 1, costNano: 7, listNano: 0, unpriced: 0 }]);
});

test('beyond a hundred models no more are told apart', () => {
  const till = new Till(half, priceOf);
  for (let n = 0; n < 150; n++) till.ring(used(), `model-${n}`, null);
  const models = till.spent();
  expect(models).toHaveLength(101);
  expect(models.reduce((sum, { answers }) => sum + answers, 0)).toBe(150);
});
