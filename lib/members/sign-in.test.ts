import { beforeEach, expect, test } from 'vitest';
import { hashPassword } from '#lib/auth/password';
import { findSession } from '#lib/auth/session';
import { forgetTurns } from '#lib/auth/throttle';
import type { Context } from '#lib/context';
import { Refusal } from '#lib/errors';
import { createLog } from '#lib/log';
import { testContext } from '#lib/test-context';
import { signIn } from './sign-in.ts';
import { signOut } from './sign-out.ts';

const password = 'correct horse battery';
const hash = await hashPassword(password);
let now: number;
let lines: string[];
let ctx: Context;
let email: string;
let userId: string;

beforeEach(async () => {
  now = 1_800_000_000_000;
  lines = [];
  const made = await testContext({ clock: () => now, log: createLog('debug', (line) => lines.push(line)) });
  if (made.actor.kind !== 'user') throw new Error('expected a user');
  ({ userId, name: email } = made.actor);
  ctx = { ...made, actor: { kind: 'anyone' } };
  await ctx.db.updateTable('users').set({ password_hash: hash }).execute();
});

const tryTo = (input: { email?: string; password?: string; peer?: string }) =>
  signIn(ctx, { email, password, peer: '192.0.2.1', ...input }).catch((error: unknown) => error);
const codes = (tries: unknown[]) => {
  const counted: Record<string, number> = {};
  for (const found of tries) {
    const name = found instanceof Refusal ? found.code : 'in';
    counted[name] = (counted[name] ?? 0) + 1;
  }
  return counted;
};

test('the right password opens a session of its own each time', async () => {
  const first = String(await tryTo({}));
  const second = String(await tryTo({ email: ` ${email.toUpperCase()} ` }));
  expect(first).not.toBe(second);
  expect((await findSession(ctx.db, first, now))?.userId).toBe(userId);
  const stored = await ctx.db.selectFrom('sessions').select('id_hash').execute();
  expect(stored.map((row) => row.id_hash)).not.toContain(first);
});

test('an unknown address and a wrong password say the same', async () => {
  const [unknown, wrong] = [await tryTo({ email: 'nobody@example.com' }), await tryTo({ password: 'wrong' })];
  expect(unknown).toEqual(wrong);
  expect(String(wrong)).toContain('E-mail or password is wrong.');
});

test('a thousand wrong passwords at once, from a thousand addresses, look at a handful', async () => {
  const tries = await Promise.all(
    Array.from({ length: 1_000 }, (_, i) =>
      tryTo({
        password: `wrong ${i}`,
        peer: i % 2 ? `2001:db8:${i.toString(16)}::1` : `10.0.${i >> 8}.${i & 255}`,
      }),
    ),
  );
  expect(codes(tries)).toEqual({ unauthenticated: 4, rate_limited: 996 });
});

test('one a second for a thousand seconds is slowed step by step to one a minute', async () => {
  const tries: unknown[] = [];
  for (let i = 0; i < 1_000; i++) {
    tries.push(await tryTo({ password: `wrong ${i}`, peer: `10.1.${i >> 8}.${i & 255}` }));
    now += 1_000;
  }
  expect(codes(tries).unauthenticated).toBeLessThan(30);
  expect(await tryTo({})).toMatchObject({
    code: 'rate_limited',
    details: { retryAfterSeconds: expect.any(Number) },
  });
  now += 60_000;
  expect(typeof (await tryTo({}))).toBe('string');
});

test('one /64 trying many accounts is slowed as one, and others are not', async () => {
  const tries = await Promise.all(
    Array.from({ length: 100 }, (_, i) =>
      tryTo({ email: `a${i}@example.com`, peer: `2001:db8:0:7::${i.toString(16)}` }),
    ),
  );
  expect(codes(tries)).toEqual({ unauthenticated: 30, rate_limited: 70 });
  expect(await tryTo({ peer: '2001:db8:0:7:ffff::1' })).toMatchObject({ code: 'rate_limited' });
  expect(typeof (await tryTo({ peer: '2001:db8:0:8::1' }))).toBe('string');
});

test('signing in well does not wash an address clean', async () => {
  for (let i = 0; i < 29; i++) {
    await tryTo({ email: `a${i}@example.com` });
    expect(typeof (await tryTo({}))).toBe('string');
  }
  await tryTo({ email: 'last@example.com' });
  expect(await tryTo({})).toMatchObject({ code: 'rate_limited' });
});

test('sessions end idle after 7 days, for good after 30, at sign-out and when the person is disabled', async () => {
  const day = 86_400_000;
  const token = String(await tryTo({}));
  for (let i = 0; i < 29; i++) {
    now += day;
    expect(await findSession(ctx.db, token, now)).not.toBeNull();
  }
  expect(await findSession(ctx.db, token, now + day)).toBeNull();
  const idle = String(await tryTo({}));
  expect(await findSession(ctx.db, idle, now + 7 * day)).toBeNull();

  const session = await findSession(ctx.db, idle, now);
  const actor = {
    kind: 'user',
    userId,
    name: email,
    role: 'admin',
    sessionHash: session?.hash ?? '',
  } as const;
  await signOut({ ...ctx, actor });
  expect(await findSession(ctx.db, idle, now)).toBeNull();

  const last = String(await tryTo({}));
  await ctx.db.updateTable('users').set({ disabled_at: now }).execute();
  expect(await findSession(ctx.db, last, now)).toBeNull();
  expect(await tryTo({})).toMatchObject({ code: 'unauthenticated' });
});

test('signing in and out are events, and neither log nor events hold a secret', async () => {
  const token = String(await tryTo({}));
  await tryTo({ password: 'hunter2hunter2' });
  const events = await ctx.db.selectFrom('events').selectAll().execute();
  expect(events.map((event) => [event.actor, event.verb])).toEqual([[`user:${userId}`, 'session.opened']]);
  const kept = lines.join('\n') + JSON.stringify(events);
  for (const secret of [token, password, 'hunter2hunter2', hash]) expect(kept).not.toContain(secret);
});

test('tries are forgotten when they slow nobody any more', async () => {
  for (const name of ['a', 'b', 'c']) await tryTo({ email: `${name}@example.com` });
  const rows = async () => (await ctx.db.selectFrom('throttles').select('key').execute()).length;
  await forgetTurns(ctx.db, now);
  expect(await rows()).toBe(4);
  await forgetTurns(ctx.db, now + 25 * 3_600_000);
  expect(await rows()).toBe(0);
});
