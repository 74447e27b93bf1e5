import { beforeEach, expect, test } from 'vitest';
import type { Context } from '#lib/context';
import { testContext } from '#lib/test-context';
import { createShare } from './create-share.ts';
import { listShares } from './list-shares.ts';
import { noteSharedDownload } from './note-shared-download.ts';
import { isMachine, noteView } from './note-view.ts';
import { openShare } from './open-share.ts';
import { sharedExport, sharedResults } from './read-share.ts';
import { revokeShare } from './revoke-share.ts';

let ctx: Context;
beforeEach(async () => {
  ctx = await testContext();
  await insertBatch(ctx);
});

const anyPage = { outcome: [], cursor: 0, limit: 50 };

test('a link opens one batch and shows only what is listed here', async () => {
  const { url } = await createShare(ctx, 'bat_1', { scope: 'status' });
  const open = await openShare(ctx, tokenIn(url));
  expect(Object.keys(open?.share ?? {}).sort()).toEqual(['expiresAt', 'redactPrompts', 'scope', 'sharedBy']);
  expect(Object.keys(open?.batch ?? {}).sort()).toEqual([
    'checkedAt',
    'cost',
    'counts',
    'countsAre',
    'models',
    'name',
    'phase',
    'progress',
    'times',
    'unpriced',
    'usage',
    'waits',
  ]);
});

test('a link tells that a batch waits for a decision, and of its other troubles nothing', async () => {
  const { url } = await createShare(ctx, 'bat_1', { scope: 'status' });
  for (const [attention, waits] of [
    ['needs_decision', true],
    ['credential_rejected', false],
    [null, false],
  ] as const) {
    await ctx.db.updateTable('batches').set({ attention }).execute();
    expect((await openShare(ctx, tokenIn(url)))?.batch).toMatchObject({ waits });
  }
});

test('the store keeps a hash from which no working link can be made', async () => {
  const { url } = await createShare(ctx, 'bat_1', { scope: 'results' });
  const stored = JSON.stringify(await ctx.db.selectFrom('shares').selectAll().execute());
  const told = JSON.stringify(await ctx.db.selectFrom('events').selectAll().execute());
  expect(stored + told).not.toContain(tokenIn(url));
  const [row] = await ctx.db.selectFrom('shares').select('token_hash').execute();
  expect(await openShare(ctx, row?.token_hash ?? '')).toBeNull();
});

test('who asks twice with one key has one link, and it is still not kept', async () => {
  const ask = (scope: 'status' | 'results', key: string) => createShare(ctx, 'bat_1', { scope }, { key });
  const [first, again] = [await ask('results', 'once'), await ask('results', 'once')];
  expect(again).toEqual(first);
  expect((await openShare(ctx, tokenIn(first.url)))?.share.scope).toBe('results');
  expect(await listShares(ctx, 'bat_1')).toHaveLength(1);
  expect((await ask('results', 'twice')).url).not.toBe(first.url);
  await expect(ask('status', 'once')).rejects.toMatchObject({ code: 'conflict' });
  const kept = await Promise.all([
    ctx.db.selectFrom('shares').selectAll().execute(),
    ctx.db.selectFrom('replays').selectAll().execute(),
  ]);
  expect(JSON.stringify(kept)).not.toContain(tokenIn(first.url));
  await revokeShare(ctx, first.share.id);
  await expect(ask('results', 'once')).rejects.toMatchObject({ code: 'not_found' });
});

test('what is taken through a link is told by the link’s id and whom it was made for, even of a member', async () => {
  const { url, share } = await createShare(ctx, 'bat_1', { scope: 'downloads', recipient: 'Eva' });
  await noteSharedDownload(ctx, tokenIn(url), 'results.csv');
  await noteSharedDownload(ctx, 'x'.repeat(43), 'results.csv');
  const told = await ctx.db.selectFrom('events').selectAll().where('verb', '=', 'batch.downloaded').execute();
  expect(told.map(({ actor, data }) => [actor, JSON.parse(data)])).toEqual([
    ['anyone', { format: 'results.csv', share: share.id, recipient: 'Eva' }],
  ]);
  expect(JSON.stringify(told)).not.toContain(tokenIn(url));
});

test('revoked, expired, unknown and malformed links look the same', async () => {
  const revoked = await createShare(ctx, 'bat_1', { scope: 'status' });
  await revokeShare(ctx, revoked.share.id);
  const soon = new Date(ctx.clock() + 50).toISOString();
  const expired = await createShare(ctx, 'bat_1', { scope: 'status', expiresAt: soon });
  const later = { ...ctx, clock: () => Date.now() + 1_000 };
  expect(await openShare(later, tokenIn(revoked.url))).toBeNull();
  expect(await openShare(later, tokenIn(expired.url))).toBeNull();
  for (const token of ['', 'x'.repeat(43), '\0', 'a'.repeat(10_000)])
    expect(await openShare(ctx, token)).toBeNull();
});

test('a link whose batch is gone is dead', async () => {
  const { url } = await createShare(ctx, 'bat_1', { scope: 'status' });
  await ctx.db.updateTable('batches').set({ deleted_at: 1 }).execute();
  expect(await openShare(ctx, tokenIn(url))).toBeNull();
});

test('a link whose maker was disabled is dead', async () => {
  const { url } = await createShare(ctx, 'bat_1', { scope: 'status' });
  await ctx.db.updateTable('users').set({ disabled_at: 1 }).execute();
  expect(await openShare(ctx, tokenIn(url))).toBeNull();
});

test('a status link reaches no result and a results link no download', async () => {
  const status = tokenIn((await createShare(ctx, 'bat_1', { scope: 'status' })).url);
  const results = tokenIn((await createShare(ctx, 'bat_1', { scope: 'results' })).url);
  await expect(sharedResults(ctx, status, anyPage)).rejects.toMatchObject({ code: 'not_found' });
  await expect(sharedExport(ctx, results, 'output.jsonl')).rejects.toMatchObject({ code: 'not_found' });
  expect(await sharedResults(ctx, results, anyPage)).toEqual({ items: [], nextCursor: null, total: 0 });
});

test('a viewer can neither make nor list links', async () => {
  const viewer: Context = {
    ...ctx,
    actor: { ...(ctx.actor as { kind: 'user' }), role: 'viewer' } as Context['actor'],
  };
  await expect(createShare(viewer, 'bat_1', { scope: 'status' })).rejects.toMatchObject({
    code: 'forbidden',
  });
  await expect(listShares(viewer, 'bat_1')).rejects.toMatchObject({ code: 'forbidden' });
});

test('a token of another connection neither makes, lists nor revokes links', async () => {
  const { share, url } = await createShare(ctx, 'bat_1', { scope: 'status' });
  const tokenOf = (connectionId: string): Context => ({
    ...ctx,
    actor: { ...ctx.actor, kind: 'token', tokenId: 'tok_1', connectionId } as Context['actor'],
  });
  const stranger = tokenOf('con_2');
  await expect(createShare(stranger, 'bat_1', { scope: 'downloads' })).rejects.toMatchObject({
    code: 'not_found',
  });
  await expect(listShares(stranger, 'bat_1')).rejects.toMatchObject({ code: 'not_found' });
  await expect(revokeShare(stranger, share.id)).rejects.toMatchObject({ code: 'not_found' });
  expect(await openShare(ctx, tokenIn(url))).not.toBeNull();
  await revokeShare(tokenOf('con_1'), share.id);
  expect(await openShare(ctx, tokenIn(url))).toBeNull();
});

test('a person who looks is counted, a chat program or a mere probe is none', async () => {
  const browser = { 'user-agent': 'Mozilla/5.0 (X11) Firefox/140.0', 'x-batchdeck-method': 'GET' };
  const machine = (more: Record<string, string>) => isMachine(new Headers({ ...browser, ...more }));
  expect(machine({})).toBe(false);
  expect(machine({ 'user-agent': 'Slackbot-LinkExpanding 1.0' })).toBe(true);
  expect(machine({ 'x-batchdeck-method': 'HEAD' })).toBe(true);
  expect(machine({ range: 'bytes=0-100' })).toBe(true);
  const { url } = await createShare(ctx, 'bat_1', { scope: 'status' });
  await noteView(ctx, tokenIn(url));
  expect(await listShares(ctx, 'bat_1')).toMatchObject([{ views: 1 }]);
});

function tokenIn(url: string): string {
  return url.split('/s/')[1] ?? '';
}

async function insertBatch({ db }: Context): Promise<void> {
  await db
    .insertInto('files')
    .values({
      id: 'fil_1',
      workspace: 'main',
      name: 'a.jsonl',
      bytes: 1,
      sha256: '',
      blob_key: 'files/fil_1',
      requests: 1,
      dialect: 'params',
      models: '[]',
      endpoints: '[]',
      errors: 0,
      warnings: 0,
      owner_id: null,
      derived_from: null,
      recipe: null,
      created_at: 0,
    })
    .execute();
  await db
    .insertInto('batches')
    .values({
      id: 'bat_1',
      workspace: 'main',
      name: 'Reviews',
      connection_id: 'con_1',
      file_id: 'fil_1',
      preset: 'sandbox',
      dialect: 'inline',
      endpoint: null,
      completion_window: null,
      models: '["m"]',
      phase: 'running',
      attention: null,
      counts_are: 'final-only',
      total: 1,
      succeeded: 0,
      failed: 0,
      cancelled: 0,
      expired: 0,
      missing: 0,
      usage: null,
      cost_nano: null,
      cost_currency: null,
      cost_source: null,
      tags: '["secret-tag"]',
      note: 'internal',
      owner_id: null,
      created_at: 0,
      submitted_at: null,
      started_at: null,
      finished_at: null,
      expires_at: null,
      checked_at: null,
      index_key: null,
      deleted_at: null,
    })
    .execute();
}
