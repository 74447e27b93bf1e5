import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Seen = { method: string; path: string; authorization: string | null; body: string };

type Says = (customId: string) => object[];

const plainly: Says = (customId) => [{ type: 'text', text: `Answer to ${customId}` }];

/** A provider in the inline dialect that writes down every request it gets and finishes only when it is told. */
export async function startFakeProvider(says = plainly) {
  const seen: Seen[] = [];
  const batches = new Map<string, string[]>();
  let done = false;
  const server = createServer(async (request, response) => {
    const body = await read(request);
    const { method = '', url: path = '', headers } = request;
    seen.push({ method, path, authorization: headers.authorization ?? null, body });
    const send = (status: number, value: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    };
    if (method === 'POST' && path === '/v1/batches') {
      const { requests } = JSON.parse(body) as { requests: { custom_id: string }[] };
      const id = `batch_${batches.size + 1}`;
      batches.set(
        id,
        requests.map((line) => line.custom_id),
      );
      return send(200, { batch: statusOf(id, 'validating', requests.length) });
    }
    const ids = batches.get(path.split('/')[3] ?? '');
    if (!ids) return send(404, { error: { message: 'no such batch' } });
    if (!done) return send(200, statusOf(path.split('/')[3] ?? '', 'in_progress', ids.length));
    response.writeHead(200, { 'content-type': 'application/x-ndjson' });
    response.end(ids.map((id) => `${JSON.stringify(resultOf(id, says(id)))}\n`).join(''));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    seen,
    baseUrl: `http://127.0.0.1:${port}/v1`,
    finish: () => {
      done = true;
    },
    close: () => server.close(),
  };
}

function statusOf(id: string, status: string, total: number) {
  const counts = { total, completed: 0, failed: 0 };
  return { id, object: 'batch', endpoint: '/v1/messages', status, request_counts: counts, created_at: 1 };
}

function resultOf(customId: string, content: object[]) {
  const usage = { input_tokens: 1_000, output_tokens: 500 };
  const message = { role: 'assistant', model: 'gpt-4o-mini-2024-07-18', content, usage };
  return { custom_id: customId, result: { type: 'succeeded', message } };
}

async function read(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  return text;
}
