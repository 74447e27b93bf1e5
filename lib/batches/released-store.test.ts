import { expect, test } from 'vitest';
import { listEvents } from '#lib/audit/list-events';
import { listConnections } from '#lib/connections/list-connections';
import { listFiles } from '#lib/files/list-files';
import { listFindings } from '#lib/files/list-findings';
import { batchesQuerySchema } from '#lib/model/batch.schema';
import { migrate } from '#lib/store/migrate';
import { layRelease, releases } from '#lib/store/released-kit';
import { emptyTestDb } from '#lib/store/test-db';
import { testContext } from '#lib/test-context';
import { getBatch } from './get-batch.ts';
import { listBatches } from './list-batches.ts';

test.each(releases)('what a store of %s holds is read by the program of today', async (release) => {
  const db = await emptyTestDb();
  await layRelease(db, release);
  await migrate(db);
  const actor = { kind: 'user', userId: 'usr_1', name: 'op', role: 'admin', sessionHash: 'none' } as const;
  const ctx = await testContext({ db, actor, keyring: { locked: 'no key here' } as never });
  const batches = (await listBatches(ctx, batchesQuerySchema.parse({}))).items;
  expect(batches.map(({ name, phase }) => [name, phase])).toEqual([
    ['Waiting', 'queued'],
    ['Done', 'completed'],
  ]);
  const done = await getBatch(ctx, batches[1]?.id ?? '');
  expect(done).toMatchObject({ tags: ['one'], note: 'A note', counts: { total: 2, succeeded: 2 } });
  expect((await listConnections(ctx)).map(({ name }) => name)).toEqual(['Sandbox', 'gateway']);
  const [bad] = (await listFiles(ctx, { limit: 10 })).items;
  expect(bad).toMatchObject({ name: 'bad.jsonl', usable: false });
  expect((await listFindings(ctx, bad?.id ?? '', { cursor: 0, limit: 10 })).items).toHaveLength(2);
  expect((await listEvents(ctx, done.id)).at(-1)).toMatchObject({ verb: 'share.created' });
});
