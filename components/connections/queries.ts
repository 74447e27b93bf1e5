import { sendJson } from '#lib/api-client';
import type { Connection } from '#lib/model/connection';
import { apiPaths } from '#lib/paths';
import type { ConnectionFields } from './connection-fields.ts';

export function addConnection(preset: string, fields: ConnectionFields): Promise<Connection> {
  return sendJson('POST', apiPaths.connections, { preset, ...fields });
}

export function changeConnection(id: string, fields: Partial<ConnectionFields>): Promise<Connection> {
  return sendJson('PATCH', apiPaths.connection(id), fields);
}

export function deleteConnection(id: string): Promise<void> {
  return sendJson('DELETE', apiPaths.connection(id));
}
