import 'server-only';
import type { Kysely } from 'kysely';
import { toSameProvider } from '#lib/store/connections';
import type { Schema } from '#lib/store/schema';

/** Of these ids at a provider, those that are another part's or came to nothing, each with the name of its batch. */
export async function takenIds(
  db: Kysely<Schema>,
  connectionId: string,
  providerBatchIds: string[],
  partId: string,
): Promise<Map<string, string>> {
  if (providerBatchIds.length === 0) return new Map();
  const followed = await db
    .selectFrom('parts')
    .innerJoin('batches', 'batches.id', 'parts.batch_id')
    .select(['parts.provider_batch_id as id', 'batches.name'])
    .where('parts.provider_batch_id', 'in', providerBatchIds)
    .where('batches.connection_id', 'in', toSameProvider(db, connectionId))
    .where('parts.id', '!=', partId)
    .execute();
  const created = await db
    .selectFrom('intents')
    .innerJoin('parts', 'parts.id', 'intents.part_id')
    .innerJoin('batches', 'batches.id', 'parts.batch_id')
    .select(['intents.provider_batch_id as id', 'batches.name'])
    .where('intents.provider_batch_id', 'in', providerBatchIds)
    .where('batches.connection_id', 'in', toSameProvider(db, connectionId))
    .where((eb) => eb.or([eb('parts.id', '!=', partId), eb('intents.state', '=', 'refused')]))
    .execute();
  return new Map([...followed, ...created].flatMap(({ id, name }) => (id === null ? [] : [[id, name]])));
}
