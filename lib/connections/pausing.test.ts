import { beforeEach, expect, test } from 'vitest';
import { walk } from '#lib/batches/lifecycle-kit';
import type { Context } from '#lib/context';
import { pausedForKey } from '#lib/model/connection';
import { pauseSchema } from '#lib/model/connection.schema';
import { testContext } from '#lib/test-context';
import { createConnection } from './create-connection.ts';
import { getConnection } from './get-connection.ts';
import { pauseConnection } from './pause-connection.ts';
import { resumeConnection } from './resume-connection.ts';
import { updateConnection } from './update-connection.ts';

const wish = {
  name: 'gw',
  preset: 'inline-compatible',
  baseUrl: 'https://gw.example.com/v1',
  apiKey: 'sk-canary-4f9d2c7b1e8a6035',
};

let ctx: Context;
beforeEach(async () => {
  ctx = await testContext();
});

test('a pause tells who made it, when and why, and ends with the resumption', async () => {
  const { id } = await createConnection(ctx, wish);
  const paused = await pauseConnection(ctx, id, { why: 'Budget is spent until Monday' });
  const { name } = ctx.actor as { name: string };
  expect(paused.paused).toEqual({ at: expect.any(String), by: name, why: 'Budget is spent until Monday' });
  expect((await resumeConnection(ctx, id)).paused).toBeNull();
  await resumeConnection(ctx, id);
  const events = await ctx.db.selectFrom('events').select('verb').orderBy('seq').execute();
  expect(events.map(({ verb }) => verb)).toEqual([
    'connection.created',
    'connection.paused',
    'connection.resumed',
  ]);
});

test('a reason is a short line and may be left out', () => {
  expect(pauseSchema.parse({})).toEqual({ why: '' });
  expect(pauseSchema.safeParse({ why: 'x'.repeat(201) }).success).toBe(false);
});

test('only an admin pauses and resumes', async () => {
  const { id } = await createConnection(ctx, wish);
  const operator = { ...ctx, actor: { ...ctx.actor, role: 'operator' } as Context['actor'] };
  await expect(pauseConnection(operator, id, { why: '' })).rejects.toMatchObject({ code: 'forbidden' });
  await expect(resumeConnection(operator, id)).rejects.toMatchObject({ code: 'forbidden' });
});

test('a new key ends a pause that was made for the old one, and no other pause', async () => {
  const { id } = await createConnection(ctx, wish);
  const pausedFor = (why: string) =>
    ctx.db.updateTable('connections').set({ paused_at: 1, paused_why: why }).execute();
  await pausedFor(pausedForKey);
  expect((await updateConnection(ctx, id, { name: 'renamed' })).paused).not.toBeNull();
  expect((await updateConnection(ctx, id, { apiKey: 'sk-other-0123456789' })).paused).toBeNull();
  await pausedFor('by hand');
  expect((await updateConnection(ctx, id, { apiKey: 'sk-third-0123456789' })).paused).not.toBeNull();
});

test('parts that waited for a better key are due at once when it has come', async () => {
  const { ctx: here, batchId } = await walk();
  await here.db.updateTable('parts').set({ attention: 'credential_rejected', due_at: 9e15 }).execute();
  await here.db.updateTable('batches').set({ attention: 'credential_rejected' }).execute();
  const { connection_id } = await here.db
    .selectFrom('batches')
    .select('connection_id')
    .where('id', '=', batchId)
    .executeTakeFirstOrThrow();
  expect(await getConnection(here, connection_id)).toMatchObject({
    keyRefused: true,
    batches: { running: 0, waiting: 1 },
  });
  let woken = 0;
  await updateConnection({ ...here, wake: () => woken++ }, connection_id, { completionWindow: '24h' });
  const due = () => here.db.selectFrom('parts').select('due_at').executeTakeFirstOrThrow();
  expect([await due(), woken]).toEqual([{ due_at: 0 }, 1]);
});
