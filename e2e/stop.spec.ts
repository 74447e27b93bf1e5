import { apiOf, jsonl, lines } from './api.ts';
import { expect, test } from './fixtures.ts';
import { startServer, token } from './server.ts';

test('a stop turns readiness first, lets what is running end whole, and exits with 0', async () => {
  const server = await startServer();
  const api = apiOf(server);
  try {
    const text = jsonl(lines(60_000));
    const file = await api.upload(text);
    expect((await api.call('GET', '/api/ready')).status).toBe(200);
    const download = await api.call('GET', `/api/files/${file.id}/content`);
    const reader = download.body?.getReader();
    const first = await reader?.read();
    let received = first?.value?.length ?? 0;

    const exit = server.end('SIGTERM');
    await expect.poll(async () => (await fetch(`${server.url}/api/ready`)).status).toBe(503);
    const late = await fetch(`${server.url}/api/batches`, { headers: { authorization: `Bearer ${token}` } });
    expect(late.status).toBe(503);
    for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
      received += next.value.length;
    }
    expect(received).toBe(Buffer.byteLength(text));
    expect(await exit).toBe(0);
  } finally {
    await server.clear();
  }
});
