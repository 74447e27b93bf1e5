import 'server-only';
import { readFile } from 'node:fs/promises';
import { demand } from '#lib/auth/permissions';
import type { Context } from '#lib/context';
import type { Install } from '#lib/model/install';
import { may } from '#lib/model/role';

/** What this install is, for the people who use it. Where its data lies is told to admins alone. */
export async function describeInstall(ctx: Context): Promise<Install> {
  demand(ctx, 'read');
  const { version } = JSON.parse(await readFile('package.json', 'utf8')) as { version: string };
  const isAdmin = ctx.actor.kind === 'user' && may(ctx.actor.role, 'administer');
  return {
    version,
    node: process.versions.node,
    address: ctx.env.appOrigin,
    loopback: ctx.env.loopback,
    sandbox: ctx.sandbox !== null,
    maxFileBytes: ctx.env.BATCHDECK_MAX_FILE_BYTES,
    storage: `${ctx.env.DATABASE_URL ? 'Postgres' : 'SQLite'} and files ${ctx.env.BLOB_URL ? 'in S3 storage' : 'on local disk'}`,
    dataFolder: isAdmin ? ctx.env.BATCHDECK_DATA_DIR : null,
  };
}
