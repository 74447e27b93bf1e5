import 'server-only';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Sandbox } from './sandbox.ts';

/** A sandbox as the other processes of an install reach it. `first` is waited for before the sandbox hears of a call. */
export async function overHttp(
  sandbox: Sandbox,
  first: (request: IncomingMessage) => Promise<void> = async () => {},
): Promise<{ server: Server; url: string }> {
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request);
    await first(request);
    const answer = await sandbox.fetch({
      method: request.method ?? 'GET',
      path: (request.url ?? '').replace(/^\/sandbox/, ''),
      headers: new Headers(Object.entries(request.headers).filter(isOfTheCall)),
      body: body === null ? null : Readable.from([body]),
    });
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    if (!answer.body) return void response.end();
    await pipeline(Readable.fromWeb(answer.body as never), response).catch(() => {});
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** What belongs to the way here and the key of the install say nothing to the provider. */
function isOfTheCall(header: [string, unknown]): header is [string, string] {
  return typeof header[1] === 'string' && /^(content-type|anthropic-|x-)/.test(header[0]);
}

async function bodyOf(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return request.method === 'POST' ? Buffer.concat(chunks) : null;
}
