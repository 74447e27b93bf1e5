import 'server-only';
import { actorNames } from '#lib/audit/actor-names';
import type { Context } from '#lib/context';
import { overPhases } from '#lib/model/phase';
import type { ConnectionRow } from '#lib/store/connections';

/** What stands around a connection: its unfinished batches, and who paused it. */
export type Standing = { running: number; waiting: number; keyRefused: boolean; pausedBy: string | null };

export const idle: Standing = { running: 0, waiting: 0, keyRefused: false, pausedBy: null };

export async function standingsOf(ctx: Context, rows: ConnectionRow[]): Promise<Map<string, Standing>> {
  const standings = new Map(rows.map(({ id }) => [id, { ...idle }]));
  if (rows.length === 0) return standings;
  for (const { id, phase, attention, n } of await unfinishedOf(ctx, rows)) {
    const standing = standings.get(id);
    if (!standing) continue;
    standing[phase === 'queued' || phase === 'submitting' ? 'waiting' : 'running'] += Number(n);
    standing.keyRefused ||= attention === 'credential_rejected';
  }
  for (const [id, by] of await pausersOf(ctx, rows)) Object.assign(standings.get(id) ?? {}, { pausedBy: by });
  return standings;
}

async function unfinishedOf(ctx: Context, rows: ConnectionRow[]) {
  return ctx.db
    .selectFrom('batches')
    .select((eb) => ['connection_id as id', 'phase', 'attention', eb.fn.countAll<number>().as('n')])
    .where('workspace', '=', ctx.workspace)
    .where('deleted_at', 'is', null)
    .where('phase', 'not in', overPhases)
    .where(
      'connection_id',
      'in',
      rows.map(({ id }) => id),
    )
    .groupBy(['connection_id', 'phase', 'attention'])
    .execute();
}

async function pausersOf(ctx: Context, rows: ConnectionRow[]): Promise<Map<string, string | null>> {
  const paused = rows.filter((row) => row.paused_at !== null).map(({ id }) => id);
  if (paused.length === 0) return new Map();
  const events = await ctx.db
    .selectFrom('events')
    .select(['subject', 'actor'])
    .where('workspace', '=', ctx.workspace)
    .where('verb', '=', 'connection.paused')
    .where('subject', 'in', paused)
    .orderBy('seq')
    .execute();
  const last = new Map(events.map(({ subject, actor }) => [subject, actor]));
  const names = await actorNames(ctx, [...last.values()]);
  return new Map([...last].map(([id, actor]) => [id, names.get(actor) ?? null]));
}
