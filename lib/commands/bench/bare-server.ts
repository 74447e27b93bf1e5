import { createReadStream, createWriteStream } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';

/** What a server without a product does: keeps what is sent, gives the bytes of a file, says that nothing has changed. */
const [sink = ''] = process.argv.slice(2);

const server = createServer(async (request, response) => {
  if (request.method === 'POST') {
    await pipeline(request, createWriteStream(sink));
    return void response.end();
  }
  const file = new URL(request.url ?? '', 'http://here').searchParams.get('file');
  if (file === null) return void response.writeHead(304, { etag: '"same"' }).end();
  response.writeHead(200, { 'content-type': 'application/x-ndjson' });
  await pipeline(createReadStream(file, { highWaterMark: 1 << 18 }), response).catch(() => {});
});
server.listen(0, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
