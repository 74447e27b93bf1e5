import 'server-only';
import { listEvents, type TimelineEvent } from '#lib/audit/list-events';
import type { Context } from '#lib/context';
import { getBatch } from './get-batch.ts';

export async function batchEvents(ctx: Context, id: string): Promise<TimelineEvent[]> {
  await getBatch(ctx, id);
  return listEvents(ctx, id);
}
