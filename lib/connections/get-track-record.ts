import 'server-only';
import type { Context } from '#lib/context';
import { type TrackRecord, trackRecord } from '#lib/model/track-record';
import { pastBatches, tookOf } from '#lib/store/past-batches';
import { findConnection } from './find-connection.ts';

export async function getTrackRecord(ctx: Context, nameOrId: string): Promise<TrackRecord> {
  const { id } = await findConnection(ctx, nameOrId);
  const past = await pastBatches(ctx.db, id);
  return trackRecord(
    past.map((row) => ({ ...row, models: JSON.parse(row.models) as string[], took: tookOf(row) })),
  );
}
