import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';

/**
 * A provider in the inline dialect that takes anything and, once told that it is done, gives the same file for it.
 * It notes when it was first asked for that.
 */
const [file = ''] = process.argv.slice(2);
const done = new Set<string>();
const asked = new Map<string, number>();

const server = createServer(async (request, response) => {
  const [, , , id = '', action] = (request.url ?? '').split('/');
  let bytes = 0;
  for await (const chunk of request) bytes += (chunk as Buffer).length;
  if (request.method === 'POST' && id === '') {
    return json(response, { batch: statusOf(`batch_${randomUUID()}`), received: bytes });
  }
  if (action === 'finish') {
    done.add(id);
    return json(response, {});
  }
  if (action === 'asked') return json(response, { at: asked.get(id) });
  if (!done.has(id)) return json(response, statusOf(id));
  if (!asked.has(id)) asked.set(id, Date.now());
  response.writeHead(200, { 'content-type': 'application/x-ndjson' });
  await pipeline(createReadStream(file, { highWaterMark: 1 << 18 }), response).catch(() => {});
});
server.listen(0, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});

function statusOf(id: string) {
  const request_counts = { total: 0, completed: 0, failed: 0 };
  return { id, object: 'batch', status: 'in_progress', request_counts, created_at: 1 };
}

function json(response: ServerResponse, value: object): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}
