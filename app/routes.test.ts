import { globSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hashToken } from '#lib/auth/secret-token';
import { openSession } from '#lib/auth/session';
import { type Context, thisProcess } from '#lib/context';
import { newId } from '#lib/model/id';
import { everyRow } from '#lib/store/test-db';
import { testContext } from '#lib/test-context';
import { type Route, routes } from './routes-kit.ts';

/** Doors that ask nobody for a name. A route that is neither here nor for members fails. */
const open = new Set([
  'GET /api/health',
  'GET /api/ready',
  'POST /api/session',
  'DELETE /api/session',
  'POST /api/setup',
  'GET /s/[token]/batch',
  'GET /s/[token]/results',
  'GET /s/[token]/results/[ordinal]',
  'GET /s/[token]/exports/[name]',
]);
const memberRoutes = routes.filter(({ name }) => !open.has(name));
const changing = routes.filter(({ method }) => method !== 'GET');

const origin = 'http://127.0.0.1:3000';
const params = Promise.resolve({
  batchId: 'bat_1',
  fileId: 'fil_1',
  shareId: 'shr_1',
  connectionId: 'con_1',
  draftId: 'dra_1',
});
let ctx: Context;
let userId: string;

beforeAll(async () => {
  ctx = await testContext();
  thisProcess().deps = ctx;
  if (ctx.actor.kind === 'user') userId = ctx.actor.userId;
});
afterAll(() => {
  thisProcess().deps = null;
});

async function ask(route: Route, headers: Record<string, string>, body = '{}') {
  const init = { method: route.method, headers, ...(route.method === 'GET' ? {} : { body }) };
  return route.handler(new Request(`http://localhost:3000${route.name.split(' ')[1]}`, init), { params });
}

test('every route says who may come in', () => {
  expect(routes.length).toBeGreaterThan(15);
  for (const { name, handler } of memberRoutes) expect([name, handler.who]).toEqual([name, 'member']);
});

test('every page of the dashboard asks for a member before it draws', () => {
  const pages = globSync('app/(dashboard)/**/page.tsx');
  expect(pages.length).toBeGreaterThan(0);
  for (const page of pages) {
    const body = readFileSync(page, 'utf8').split('export default async function')[1] ?? '';
    const asks = body.indexOf('await requireMember(');
    expect([page, asks > 0 && asks < body.indexOf('return')]).toEqual([page, true]);
  }
});

describe('without a living session or token', () => {
  test.each(memberRoutes)('$name answers 401 and changes nothing', async (route) => {
    const before = await deadCredentials();
    const kept = await everyRow(ctx.db);
    for (const headers of before) {
      const response = await ask(route, { ...headers, origin, 'content-type': 'application/json' });
      const { error } = await response.json();
      expect([response.status, error.code]).toEqual([401, 'unauthenticated']);
    }
    expect(await everyRow(ctx.db)).toBe(kept);
  });
});

describe('with a living session, from anywhere but our own pages', () => {
  test.each(changing)('$name answers 403 and changes nothing', async (route) => {
    const cookie = `__Host-batchdeck=${await openSession(ctx.db, ctx, userId)}`;
    const kept = await everyRow(ctx.db);
    const from: Record<string, string>[] = [
      {},
      { origin: 'null' },
      { origin: 'https://evil.example' },
      { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' },
      { 'x-forwarded-host': '127.0.0.1:3000', referer: `${origin}/batches` },
      { authorization: 'Bearer bd_0123456789abcdef' },
    ];
    for (const headers of from) {
      for (const type of ['application/json', 'text/plain', 'application/x-www-form-urlencoded']) {
        const response = await ask(route, { cookie, 'content-type': type, ...headers });
        expect([headers, response.status]).toEqual([headers, 403]);
      }
    }
    expect(await everyRow(ctx.db)).toBe(kept);
  });

  test.each(changing.filter(({ handler }) => handler.takesJson))(
    '$name answers 415 to anything but application/json',
    async (route) => {
      const cookie = `__Host-batchdeck=${await openSession(ctx.db, ctx, userId)}`;
      const kept = await everyRow(ctx.db);
      for (const type of [
        'text/plain',
        'application/x-www-form-urlencoded',
        'multipart/form-data; boundary=x',
      ]) {
        expect((await ask(route, { cookie, origin, 'content-type': type })).status).toBe(415);
      }
      expect(await everyRow(ctx.db)).toBe(kept);
    },
  );
});

async function deadCredentials(): Promise<Record<string, string>[]> {
  const named = (token: string) => ({ cookie: `__Host-batchdeck=${token}` });
  const expired = await openSession(ctx.db, { ...ctx, clock: () => Date.now() - 40 * 86_400_000 }, userId);
  const idle = await openSession(ctx.db, { ...ctx, clock: () => Date.now() - 8 * 86_400_000 }, userId);
  const revoked = await openSession(ctx.db, ctx, userId);
  await ctx.db.deleteFrom('sessions').where('id_hash', '=', hashToken(revoked)).execute();
  const disabled = await disabledUser();
  return [
    {},
    named(''),
    named('garbage'),
    named(expired),
    named(idle),
    named(revoked),
    named(disabled.session),
    { authorization: `Bearer ${disabled.token}` },
    { authorization: 'Bearer bd_unknown_unknown_unknown' },
    { authorization: 'Bearer %E0%A4%A' },
    { authorization: 'Bearer' },
  ];
}

async function disabledUser(): Promise<{ session: string; token: string }> {
  const off = await testContext({ db: ctx.db });
  if (off.actor.kind !== 'user') throw new Error('expected a user');
  const id = off.actor.userId;
  const token = `bd_${newId('tok')}`;
  await ctx.db
    .insertInto('tokens')
    .values({
      id: newId('tok'),
      workspace: ctx.workspace,
      name: token,
      token_hash: hashToken(token),
      user_id: id,
      connection_id: null,
      set_by_file: 0,
      created_at: 0,
      used_at: null,
    })
    .execute();
  const session = await openSession(ctx.db, ctx, id);
  await ctx.db.updateTable('users').set({ disabled_at: 1 }).where('id', '=', id).execute();
  return { session, token };
}
