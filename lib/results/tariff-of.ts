import 'server-only';
import { presetNamed } from '#lib/model/preset';
import type { BatchRow } from '#lib/store/batches';
import { connectionRow } from '#lib/store/connections';
import type { Db } from '#lib/store/engine';
import type { Tariff } from './index/till.ts';

/** The discount is the connection's own; where none is known, the price is that of real time. */
export async function tariffOf(db: Db, batch: BatchRow): Promise<Tariff> {
  const connection = await connectionRow(db, batch.workspace, batch.connection_id);
  return { list: presetNamed(batch.preset)?.prices ?? null, discount: connection?.discount ?? 0 };
}
