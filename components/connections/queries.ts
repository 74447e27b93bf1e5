import { queryOptions } from '@tanstack/react-query';
import { paceOf } from '#components/shell/pace';
import { getJson, sendJson } from '#lib/api-client';
import type { Connection, ConnectionCheck } from '#lib/model/connection';
import { apiPaths } from '#lib/paths';
import type { ConnectionFields } from './connection-fields.ts';

/** Whatever changes a connection makes all of these stale. */
export const connectionsKey = ['connections'];

export const connectionListQuery = queryOptions({
  queryKey: [...connectionsKey, 'list'],
  queryFn: async ({ signal }) =>
    (await getJson<{ items: Connection[] }>(apiPaths.connections, { signal })).items,
  refetchInterval: ({ state }) => paceOf(state.error, 10_000),
});

export function connectionQuery(id: string) {
  return queryOptions({
    queryKey: [...connectionsKey, 'one', id],
    queryFn: ({ signal }) => getJson<Connection>(apiPaths.connection(id), { signal }),
    refetchInterval: ({ state }) => paceOf(state.error, 10_000),
  });
}

export type ConnectionEvent = { seq: number; at: string; actor: string; verb: string; data: unknown };

export function connectionEventsQuery(id: string) {
  return queryOptions({
    queryKey: [...connectionsKey, 'events', id],
    queryFn: async ({ signal }) =>
      (await getJson<{ items: ConnectionEvent[] }>(apiPaths.connectionEvents(id), { signal })).items,
  });
}

export function addConnection(preset: string, fields: ConnectionFields): Promise<Connection> {
  return sendJson('POST', apiPaths.connections, { preset, ...fields });
}

export function changeConnection(id: string, fields: Partial<ConnectionFields>): Promise<Connection> {
  return sendJson('PATCH', apiPaths.connection(id), fields);
}

export function checkConnection(id: string): Promise<ConnectionCheck> {
  return sendJson('POST', apiPaths.connectionCheck(id));
}

export function pauseConnection(id: string, why: string): Promise<Connection> {
  return sendJson('POST', apiPaths.connectionPause(id), { why });
}

export function resumeConnection(id: string): Promise<Connection> {
  return sendJson('DELETE', apiPaths.connectionPause(id));
}

export function deleteConnection(id: string, force: boolean): Promise<void> {
  return sendJson('DELETE', `${apiPaths.connection(id)}${force ? '?force=1' : ''}`);
}
