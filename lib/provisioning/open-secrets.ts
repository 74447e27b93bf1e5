import 'server-only';
import type { z } from 'zod';
import { type NewConnection, newConnectionSchema } from '#lib/model/connection.schema';
import { passwordSchema } from '#lib/model/member.schema';
import { type Provisioning, type Secret, tokenValueSchema } from './provisioning.schema.ts';
import { problem, readSecret } from './read-file.ts';

type Raw<K extends keyof Provisioning> = Provisioning[K][number];
export type Wanted = {
  users: (Omit<Raw<'users'>, 'password'> & { password: string })[];
  connections: NewConnection[];
  tokens: (Omit<Raw<'tokens'>, 'value'> & { value: string })[];
};

/** Everything the file says, in full and judged: what is wrong in it is known before anything is written. */
export async function openSecrets(file: string, says: Provisioning): Promise<Wanted> {
  const wanted: Wanted = { users: [], connections: [], tokens: [] };
  for (const [n, user] of says.users.entries()) {
    const place = ['users', n, 'password'];
    const password = judged(file, place, passwordSchema, await readSecret(user.password, place.join('.')));
    wanted.users.push({ ...user, password });
  }
  for (const [n, connection] of says.connections.entries()) {
    wanted.connections.push(await openConnection(file, n, connection));
  }
  for (const [n, token] of says.tokens.entries()) {
    const place = ['tokens', n, 'value'];
    const value = judged(file, place, tokenValueSchema, await readSecret(token.value, place.join('.')));
    wanted.tokens.push({ ...token, value });
  }
  return wanted;
}

async function openConnection(file: string, n: number, entry: Raw<'connections'>): Promise<NewConnection> {
  const { apiKey, headers, ...rest } = entry;
  const place = ['connections', n];
  const opened = {
    ...rest,
    ...(apiKey === undefined ? {} : { apiKey: await readSecret(apiKey, `connections.${n}.apiKey`) }),
    ...(headers === undefined ? {} : { headers: await openHeaders(headers, `connections.${n}.headers`) }),
  };
  return judged(file, place, newConnectionSchema, opened);
}

async function openHeaders(headers: Record<string, Secret>, place: string): Promise<Record<string, string>> {
  const opened: [string, string][] = [];
  for (const [name, secret] of Object.entries(headers)) {
    opened.push([name, await readSecret(secret, `${place}.${name}`)]);
  }
  return Object.fromEntries(opened);
}

function judged<S extends z.ZodType>(
  file: string,
  place: (string | number)[],
  schema: S,
  value: unknown,
): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw problem(file, [...place, ...(issue?.path ?? [])], issue?.message);
}
