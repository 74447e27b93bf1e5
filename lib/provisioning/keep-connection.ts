import 'server-only';
import { createConnection } from '#lib/connections/create-connection';
import { findConnection } from '#lib/connections/find-connection';
import { updateConnection } from '#lib/connections/update-connection';
import type { Context } from '#lib/context';
import { Refusal } from '#lib/errors';
import { connectionChangeSchema, type NewConnection } from '#lib/model/connection.schema';
import { presetNamed } from '#lib/model/preset';

/** Makes a connection say what the file says; a keyed mark tells that it already does. */
export async function keepConnection(ctx: Context, wish: NewConnection): Promise<void> {
  const row = await findConnection(ctx, wish.name).catch((error: unknown) => {
    if (error instanceof Refusal && error.code === 'not_found') return null;
    throw error;
  });
  if (ctx.keyring.locked !== null) {
    ctx.log.warn('A connection of the provisioning file is left as it is while connections are locked', {
      connection: wish.name,
    });
    return;
  }
  const said = JSON.stringify(Object.entries(wish).sort(([a], [b]) => (a < b ? -1 : 1)));
  if (row && ctx.keyring.markFits(said, row.file_mark)) return;
  const owner = { fields: Object.keys(wish), mark: ctx.keyring.mark(said) };
  if (!row) {
    await createConnection(ctx, wish, { file: owner });
    return;
  }
  if (row.preset !== wish.preset) {
    const words = `“${wish.name}” exists with the preset ${row.preset}; a preset cannot be changed.`;
    throw new Refusal('conflict', words);
  }
  const dialect = wish.dialect ?? presetNamed(wish.preset)?.dialect;
  if (row.dialect !== dialect) {
    const words = `“${wish.name}” speaks the ${row.dialect} dialect; that cannot be changed.`;
    throw new Refusal('conflict', words);
  }
  const { preset: _preset, dialect: _dialect, headers, ...change } = wish;
  const all = headers && { headers: { ...withoutOld(row.headers), ...headers } };
  await updateConnection(ctx, row.id, connectionChangeSchema.parse({ ...change, ...all }), owner);
}

/** The file says all headers there are: those it no longer names go. */
function withoutOld(headers: string): Record<string, null> {
  return Object.fromEntries(Object.keys(JSON.parse(headers) as object).map((name) => [name, null]));
}
