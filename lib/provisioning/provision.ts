import 'server-only';
import { recordEvent } from '#lib/audit/record-event';
import { findConnection } from '#lib/connections/find-connection';
import type { Context } from '#lib/context';
import { Refusal } from '#lib/errors';
import { keepUser } from '#lib/members/keep-user';
import { aloneWith } from '#lib/store/engine';
import { keepToken } from '#lib/tokens/keep-token';
import { keepConnection } from './keep-connection.ts';
import { openSecrets, type Wanted } from './open-secrets.ts';
import { problem, readProvisioning } from './read-file.ts';

/** Makes the store say what the file says. Nothing is deleted, and a file that says nothing new writes nothing. */
export async function provision(ctx: Context, file: string): Promise<void> {
  const wanted = await openSecrets(file, await readProvisioning(file));
  await aloneWith(ctx.db, 'provisioning', () => apply(ctx, file, wanted));
}

async function apply(ctx: Context, file: string, wanted: Wanted): Promise<void> {
  await demandKnownUsers(ctx, file, wanted);
  for (const user of wanted.users) await keepUser(ctx, user);
  for (const [n, connection] of wanted.connections.entries()) {
    await inWords(file, ['connections', n], () => keepConnection(ctx, connection));
  }
  for (const [n, token] of wanted.tokens.entries()) {
    await inWords(file, ['tokens', n], () => provisionToken(ctx, token));
  }
}

async function demandKnownUsers(ctx: Context, file: string, wanted: Wanted): Promise<void> {
  const rows = await ctx.db
    .selectFrom('users')
    .select('email')
    .where('workspace', '=', ctx.workspace)
    .execute();
  const known = new Set([...rows, ...wanted.users].map(({ email }) => email));
  const n = wanted.tokens.findIndex(({ user }) => !known.has(user));
  if (n >= 0) throw problem(file, ['tokens', n, 'user'], `there is no user ${wanted.tokens[n]?.user}`);
}

async function provisionToken(ctx: Context, token: Wanted['tokens'][number]): Promise<void> {
  const user = await ctx.db
    .selectFrom('users')
    .select('id')
    .where('workspace', '=', ctx.workspace)
    .where('email', '=', token.user)
    .executeTakeFirstOrThrow();
  const connection = token.connection === undefined ? null : await findConnection(ctx, token.connection);
  const grant = {
    name: token.name,
    value: token.value,
    userId: user.id,
    connectionId: connection?.id ?? null,
    setByFile: true,
  };
  await ctx.db.transaction().execute(async (trx) => {
    if (!(await keepToken(ctx, trx, grant))) return;
    await recordEvent(trx, ctx, { subject: user.id, verb: 'token.provisioned', data: { name: token.name } });
  });
}

async function inWords(file: string, place: (string | number)[], run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (error instanceof Refusal) throw problem(file, place, error.message);
    throw error;
  }
}
