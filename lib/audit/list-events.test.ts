import { expect, test } from 'vitest';
import { testContext } from '#lib/test-context';
import { listEvents } from './list-events.ts';
import { recordEvent } from './record-event.ts';

test('a very long story is told from its end, in order', async () => {
  const ctx = await testContext();
  await ctx.db.transaction().execute(async (trx) => {
    for (let n = 1; n <= 1_001; n++) await recordEvent(trx, ctx, { subject: 'bat_1', verb: `step.${n}` });
  });
  const verbs = (await listEvents(ctx, 'bat_1')).map(({ verb }) => verb);
  expect(verbs).toHaveLength(1_000);
  expect(verbs.slice(0, 1).concat(verbs.slice(-1))).toEqual(['step.2', 'step.1001']);
});
