import { beforeEach, describe, expect, test } from 'vitest';
import { createConnection } from '#lib/connections/create-connection';
import type { Context } from '#lib/context';
import { newDraftSchema } from '#lib/model/draft.schema';
import { newId } from '#lib/model/id';
import { type BatchForm, emptySheet, newRequest } from '#lib/model/request-form/form';
import { replicaOf, testContext } from '#lib/test-context';
import { createDraft } from './create-draft.ts';
import { deleteDraft } from './delete-draft.ts';
import { findDraft, getDraft } from './get-draft.ts';
import { listDrafts } from './list-drafts.ts';
import { saveDraft } from './save-draft.ts';

let ctx: Context;
beforeEach(async () => {
  ctx = await testContext();
});

const formOf = (...ids: string[]): BatchForm => ({
  shape: 'inline',
  defaults: { ...emptySheet, own: { model: 'm' } },
  requests: ids.map((id) => newRequest(id)),
});
const wish = (form: BatchForm, name = 'Nightly') => ({ name, connection: null, route: null, form });
const as = (role: 'viewer' | 'operator', from = ctx): Context => ({
  ...from,
  actor: { ...from.actor, role } as Context['actor'],
});

test('a draft comes back as it was typed, half-finished parts too', async () => {
  const form = formOf('a', '');
  const [first] = form.requests;
  if (first) {
    first.own = JSON.parse('{"max_tokens":"12 or","tools":"[{","metadata":{"__proto__":"x\\u0000"}}');
    first.extraText = '{"half';
    first.customId = '\ud800';
  }
  const { id, revision } = await createDraft(ctx, wish(form));
  expect(revision).toBe(1);
  expect(await getDraft(ctx, id)).toMatchObject({ name: 'Nightly', requests: 2, connectionId: null, form });
});

test('its address may be chosen before it is kept, and belongs to one draft', async () => {
  const id = newId('dra');
  expect((await createDraft(ctx, { ...wish(formOf('a')), id })).id).toBe(id);
  await expect(createDraft(ctx, { ...wish(formOf('b')), id })).rejects.toMatchObject({ code: 'conflict' });
  expect((await getDraft(ctx, id)).form.requests[0]?.customId).toBe('a');
});

test('who behind a gateway is to get it stays with a draft until it is said otherwise', async () => {
  const { id, route } = await createDraft(ctx, { ...wish(formOf('a')), route: 'bedrock' });
  expect(route).toBe('bedrock');
  expect(await saveDraft(ctx, id, { revision: 1, name: 'Other' })).toMatchObject({ route: 'bedrock' });
  expect(await saveDraft(ctx, id, { revision: 2, route: null })).toMatchObject({ route: null });
});

test('who asks twice with one key has one draft', async () => {
  const form = formOf('a');
  const ask = () => createDraft(ctx, wish(form), { key: 'once' });
  expect(await ask()).toEqual(await ask());
  expect((await listDrafts(ctx, { limit: 50 })).items).toHaveLength(1);
});

describe('of two who save at once', () => {
  test('one is told who was first, and the other’s work stands', async () => {
    const { id } = await createDraft(ctx, wish(formOf('a')));
    const other = await testContext({ db: ctx.db, env: ctx.env });
    await saveDraft(other, id, { revision: 1, form: formOf('theirs') });
    const name = 'userId' in other.actor ? other.actor.name : '';
    await expect(saveDraft(ctx, id, { revision: 1, form: formOf('mine') })).rejects.toMatchObject({
      code: 'conflict',
      message: `${name} saved this draft meanwhile.`,
      details: { revision: 2, updatedBy: name },
    });
    const kept = await getDraft(ctx, id);
    expect([kept.form.requests[0]?.customId, kept.updatedBy]).toEqual(['theirs', name]);
    expect(await saveDraft(ctx, id, { revision: 2, name: 'Mine after all' })).toMatchObject({ revision: 3 });
  });

  test('exactly one wins, on several replicas too', async () => {
    const { id } = await createDraft(ctx, wish(formOf('a')));
    const replicas = await Promise.all(Array.from({ length: 4 }, () => replicaOf(ctx)));
    const saves = await Promise.allSettled(
      replicas.map((replica, n) => saveDraft(replica, id, { revision: 1, name: `save ${n}` })),
    );
    expect(saves.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await getDraft(ctx, id)).revision).toBe(2);
  });
});

describe('a page that did not hear of its own save', () => {
  const by = (save: number, id = 'page') => ({ writer: { id, save } });

  test('goes on over it, and what comes late changes nothing', async () => {
    const id = newId('dra');
    await createDraft(ctx, { ...wish(formOf('first')), id, ...by(1) });
    await createDraft(ctx, { ...wish(formOf('second')), id, ...by(2) });
    expect(await saveDraft(ctx, id, { revision: 1, form: formOf('third'), ...by(3) })).toMatchObject({
      revision: 3,
    });
    for (const late of [
      () => createDraft(ctx, { ...wish(formOf('late')), id, ...by(1) }),
      () => saveDraft(ctx, id, { revision: 1, form: formOf('late'), ...by(2) }),
    ]) {
      await expect(late()).rejects.toMatchObject({ code: 'conflict' });
    }
    expect((await getDraft(ctx, id)).form.requests[0]?.customId).toBe('third');
  });

  test('is asked all the same where another page saved after it', async () => {
    const { id } = await createDraft(ctx, { ...wish(formOf('mine')), ...by(1) });
    await saveDraft(ctx, id, { revision: 1, form: formOf('theirs'), ...by(1, 'other') });
    await expect(saveDraft(ctx, id, { revision: 1, ...by(2) })).rejects.toMatchObject({ code: 'conflict' });
    await saveDraft(ctx, id, { revision: 2, name: 'by a script' });
    await expect(saveDraft(ctx, id, { revision: 2, ...by(2, 'other') })).rejects.toMatchObject({
      code: 'conflict',
    });
  });
});

test('a save changes what it names and nothing else', async () => {
  const { id } = await createDraft(ctx, wish(formOf('a')));
  await saveDraft(ctx, id, { revision: 1, name: '' });
  expect(await getDraft(ctx, id)).toMatchObject({ name: '', form: { requests: [{ customId: 'a' }] } });
  expect(await saveDraft(ctx, id, { revision: 2, form: formOf('b', 'c') })).toMatchObject({ requests: 2 });
});

test('a draft tells what keeps it from being sent, by the form’s own checks and its connection’s rule for ids', async () => {
  const gateway = { preset: 'inline-compatible', baseUrl: 'https://gw.example.com/v1', apiKey: 'sk-1' };
  await createConnection(ctx, { ...gateway, name: 'strict', limits: { customIdPattern: '^[a-z]+$' } });
  const ready = formOf('a', 'B');
  for (const request of ready.requests) request.own = { messages: [{ role: 'user', content: 'Hi' }] };
  const { id, errors } = await createDraft(ctx, wish(ready));
  expect(errors).toBe(0);
  expect((await saveDraft(ctx, id, { revision: 1, connection: 'strict' })).errors).toBe(1);
  expect((await saveDraft(ctx, id, { revision: 2, form: formOf('a') })).errors).toBe(1);
  expect((await saveDraft(ctx, id, { revision: 3, form: ready, connection: null })).errors).toBe(0);
});

test('a draft whose connection is gone goes on being saved', async () => {
  const gateway = { preset: 'inline-compatible', baseUrl: 'https://gw.example.com/v1', apiKey: 'sk-1' };
  const { id: connection } = await createConnection(ctx, { ...gateway, name: 'gw' });
  const { id } = await createDraft(ctx, { ...wish(formOf('a')), connection });
  await ctx.db.updateTable('connections').set({ deleted_at: 1 }).execute();
  await saveDraft(ctx, id, { revision: 1, form: formOf('a', 'b') });
  expect(await getDraft(ctx, id)).toMatchObject({ requests: 2, connectionId: connection });
});

test('a draft names its connection by name or id, and no other', async () => {
  const gateway = { preset: 'inline-compatible', baseUrl: 'https://gw.example.com/v1', apiKey: 'sk-1' };
  const { id: connection } = await createConnection(ctx, { ...gateway, name: 'gw' });
  const { id } = await createDraft(ctx, { ...wish(formOf('a')), connection: 'gw' });
  expect((await getDraft(ctx, id)).connectionId).toBe(connection);
  await expect(saveDraft(ctx, id, { revision: 1, connection: 'con_none' })).rejects.toMatchObject({
    code: 'not_found',
  });
  await saveDraft(ctx, id, { revision: 1, connection: null });
  expect((await getDraft(ctx, id)).connectionId).toBeNull();
});

test('the list has the lately saved first and goes on where a page ended', async () => {
  let now = 1_000;
  const timed = { ...ctx, clock: () => now };
  const ids: string[] = [];
  for (const name of ['one', 'two', 'three']) {
    now += 1_000;
    ids.push((await createDraft(timed, wish(formOf('a'), name))).id);
  }
  now += 1_000;
  await saveDraft(timed, ids[0] ?? '', { revision: 1, name: 'one again' });
  const first = await listDrafts(ctx, { limit: 2 });
  expect(first.items.map(({ name }) => name)).toEqual(['one again', 'three']);
  const rest = await listDrafts(ctx, { limit: 2, cursor: first.nextCursor ?? '' });
  expect([rest.items.map(({ name }) => name), rest.nextCursor]).toEqual([['two'], null]);
  await expect(listDrafts(ctx, { limit: 2, cursor: 'x' })).rejects.toMatchObject({ code: 'invalid' });
});

test('a deleted draft is gone for everybody', async () => {
  const { id } = await createDraft(ctx, wish(formOf('a')));
  await deleteDraft(ctx, id);
  expect(await findDraft(ctx, id)).toBeNull();
  await expect(deleteDraft(ctx, id)).rejects.toMatchObject({ code: 'not_found' });
  await expect(saveDraft(ctx, id, { revision: 1, name: 'x' })).rejects.toMatchObject({ code: 'not_found' });
});

test('a viewer reads drafts and changes none', async () => {
  const { id } = await createDraft(ctx, wish(formOf('a')));
  const viewer = as('viewer');
  expect((await getDraft(viewer, id)).id).toBe(id);
  for (const attempt of [
    () => createDraft(viewer, wish(formOf('b'))),
    () => saveDraft(viewer, id, { revision: 1, name: 'x' }),
    () => deleteDraft(viewer, id),
  ]) {
    await expect(attempt()).rejects.toMatchObject({ code: 'forbidden' });
  }
});

test('a token narrowed to a connection keeps drafts for that one alone', async () => {
  const gateway = { preset: 'inline-compatible', baseUrl: 'https://gw.example.com/v1', apiKey: 'sk-1' };
  const { id: mine } = await createConnection(ctx, { ...gateway, name: 'mine' });
  await createConnection(ctx, { ...gateway, name: 'other' });
  const narrowed: Context = {
    ...ctx,
    actor: { ...ctx.actor, kind: 'token', tokenId: 'tok_1', connectionId: mine } as Context['actor'],
  };
  const { id } = await createDraft(narrowed, { ...wish(formOf('a')), connection: 'mine' });
  await createDraft(ctx, { ...wish(formOf('b')), connection: 'other' });
  expect((await listDrafts(narrowed, { limit: 10 })).items.map((draft) => draft.id)).toEqual([id]);
  for (const connection of [null, 'other']) {
    await expect(createDraft(narrowed, { ...wish(formOf('c')), connection })).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(saveDraft(narrowed, id, { revision: 1, connection })).rejects.toMatchObject({
      code: 'not_found',
    });
  }
});

test('what would break who writes it out again is refused', () => {
  const nested = (depth: number): unknown => JSON.parse(`${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`);
  const taken = (own: unknown) =>
    newDraftSchema.safeParse({ form: { ...formOf(), defaults: { ...emptySheet, own } } }).success;
  expect([taken(nested(150)), taken(nested(100_000)), taken([]), taken('text')]).toEqual([
    true,
    false,
    false,
    false,
  ]);
  expect(newDraftSchema.safeParse({ form: formOf(), id: 'dra_1' }).success).toBe(false);
  const [twin = newRequest('a')] = formOf('a').requests;
  const twins = { ...formOf(), requests: [twin, twin] };
  expect(newDraftSchema.safeParse({ form: twins }).success).toBe(false);
});
