import 'server-only';
import { createHash } from 'node:crypto';
import { recordEvent } from '#lib/audit/record-event';
import { createConnection } from '#lib/connections/create-connection';
import { findConnection } from '#lib/connections/find-connection';
import { updateConnection } from '#lib/connections/update-connection';
import type { Context } from '#lib/context';
import { EnvProblem } from '#lib/env';
import { Refusal } from '#lib/errors';
import { keepUser } from '#lib/members/keep-user';
import {
  connectionChangeSchema,
  type NewConnection,
  newConnectionSchema,
} from '#lib/model/connection.schema';
import { keepToken } from '#lib/tokens/keep-token';
import { type Provisioning, passwordValueSchema, tokenValueSchema } from './provisioning.schema.ts';
import { problem, readProvisioning, readSecret } from './read-file.ts';

/** Makes the store say what the file says. Nothing is deleted, and a file that says nothing new writes nothing. */
export async function provision(ctx: Context, file: string): Promise<void> {
  const wanted = await readProvisioning(file);
  try {
    for (const [n, user] of wanted.users.entries()) await provisionUser(ctx, file, n, user);
    for (const [n, connection] of wanted.connections.entries())
      await provisionConnection(ctx, file, n, connection);
    for (const [n, token] of wanted.tokens.entries()) await provisionToken(ctx, file, n, token);
  } catch (error) {
    if (error instanceof Refusal) throw new EnvProblem(`BATCHDECK_PROVISION: ${file}: ${error.message}`);
    throw error;
  }
}

async function provisionUser(ctx: Context, file: string, n: number, user: Provisioning['users'][number]) {
  const password = passwordValueSchema.safeParse(await readSecret(user.password, `users.${n}.password`));
  if (!password.success)
    throw problem(file, { ...password.error.issues[0], path: ['users', n, 'password'] } as never);
  await keepUser(ctx, { email: user.email, role: user.role, password: password.data });
}

async function provisionConnection(
  ctx: Context,
  file: string,
  n: number,
  entry: Provisioning['connections'][number],
) {
  const where = `connections.${n}`;
  const { apiKey, headers, ...rest } = entry;
  const opened = {
    ...rest,
    ...(apiKey === undefined ? {} : { apiKey: await readSecret(apiKey, `${where}.apiKey`) }),
    ...(headers === undefined ? {} : { headers: await openHeaders(headers, where) }),
  };
  const parsed = newConnectionSchema.safeParse(opened);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw problem(file, issue && ({ ...issue, path: ['connections', n, ...issue.path] } as typeof issue));
  }
  await keepConnection(ctx, parsed.data);
}

async function openHeaders(headers: Record<string, Parameters<typeof readSecret>[0]>, where: string) {
  const opened: Record<string, string> = {};
  for (const [name, secret] of Object.entries(headers))
    opened[name] = await readSecret(secret, `${where}.headers.${name}`);
  return opened;
}

async function keepConnection(ctx: Context, wish: NewConnection): Promise<void> {
  const mark = markOf(wish);
  const owner = { fields: Object.keys(wish).filter((name) => name !== 'name'), mark };
  const row = await findConnection(ctx, wish.name).catch((error: unknown) => {
    if (error instanceof Refusal && error.code === 'not_found') return null;
    throw error;
  });
  if (!row) return void (await createConnection(ctx, wish, owner));
  if (row.file_mark === mark) return;
  if (row.preset !== wish.preset) {
    throw new Refusal(
      'conflict',
      `“${wish.name}” exists with the preset ${row.preset}; a preset cannot be changed.`,
    );
  }
  const { preset: _preset, dialect: _dialect, ...change } = wish;
  await updateConnection(ctx, row.id, connectionChangeSchema.parse(change), owner);
}

/** What the file said, as a fingerprint: enough to see that it says the same again. */
function markOf(wish: NewConnection): string {
  const sorted = Object.entries(wish).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex');
}

async function provisionToken(ctx: Context, file: string, n: number, token: Provisioning['tokens'][number]) {
  const value = tokenValueSchema.safeParse(await readSecret(token.value, `tokens.${n}.value`));
  if (!value.success)
    throw problem(file, { ...value.error.issues[0], path: ['tokens', n, 'value'] } as never);
  const user = await ctx.db
    .selectFrom('users')
    .select('id')
    .where('workspace', '=', ctx.workspace)
    .where('email', '=', token.user)
    .executeTakeFirst();
  if (!user)
    throw new EnvProblem(`BATCHDECK_PROVISION: ${file}: tokens.${n}.user: there is no user ${token.user}`);
  const connection = token.connection === undefined ? null : await findConnection(ctx, token.connection);
  await ctx.db.transaction().execute(async (trx) => {
    const changed = await keepToken(ctx, trx, {
      name: token.name,
      value: value.data,
      userId: user.id,
      connectionId: connection?.id ?? null,
      setByFile: true,
    });
    if (changed)
      await recordEvent(trx, ctx, {
        subject: user.id,
        verb: 'token.provisioned',
        data: { name: token.name },
      });
  });
}
