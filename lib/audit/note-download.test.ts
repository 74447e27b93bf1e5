import { expect, test } from 'vitest';
import { createLog } from '#lib/log';
import { replicaOf, testContext } from '#lib/test-context';
import { listEvents } from './list-events.ts';
import { noteDownload } from './note-download.ts';

const csv = { batchId: 'bat_1', format: 'results.csv' };

test('a download is told once for each reader and format, however often it is taken up again', async () => {
  const ctx = await testContext();
  const told = async () => (await listEvents(ctx, 'bat_1')).map(({ actor, data }) => [actor, data]);
  const { name } = ctx.actor as { name: string };
  await Promise.all([ctx, ctx, await replicaOf(ctx)].map((each) => noteDownload(each, csv)));
  expect(await told()).toEqual([[name, { format: 'results.csv' }]]);
  await noteDownload(ctx, { ...csv, format: 'output.jsonl', narrowed: true });
  const stranger = { ...ctx, actor: { kind: 'anyone' } as const };
  await noteDownload(stranger, { ...csv, share: 'shr_1' });
  await noteDownload(stranger, { ...csv, share: 'shr_2', recipient: 'Eva' });
  await noteDownload({ ...ctx, clock: () => Date.now() + 11 * 60_000 }, csv);
  expect(await told()).toEqual([
    [name, { format: 'results.csv' }],
    [name, { format: 'output.jsonl', narrowed: true }],
    ['anyone', { format: 'results.csv', share: 'shr_1' }],
    ['anyone', { format: 'results.csv', share: 'shr_2', recipient: 'Eva' }],
    [name, { format: 'results.csv' }],
  ]);
});

test('what was asked for goes out also where the store takes nothing', async () => {
  const said: string[] = [];
  const ctx = await testContext({ log: createLog('warn', (line) => said.push(line)) });
  await ctx.db.destroy();
  await noteDownload(ctx, csv);
  expect(said.join()).toContain('could not be written down');
});
