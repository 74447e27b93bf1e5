import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Batch } from '#lib/model/batch';
import { isOver } from '#lib/model/phase';
import { type Api, apiOf, jsonl, lines } from './api.ts';
import { acceptedCreates, expect, test } from './fixtures.ts';
import { type Server, startServer, token } from './server.ts';

// Milliseconds from the create call to the kill: in turn it lands in submit, poll, collect and after the end.
const moments = [0, 15, 40, 90, 180, 320, 520, 900];

test('kill -9 at any moment loses nothing and sends nothing twice', async () => {
  test.setTimeout(240_000);
  const server = await startServer();
  const api = apiOf(server);
  const acknowledged: string[] = [];
  try {
    for (const [n, moment] of moments.entries()) {
      const file = await api.upload(jsonl(lines(200, 'sandbox/instant', `kill-${n}`)));
      const order = { fileId: file.id, connection: 'Sandbox', name: `Killed ${n}` };
      for (const _ of [1, 2])
        acknowledged.push((await api.send<{ id: string }>('POST', '/api/batches', order)).id);
      await sleep(moment);
      await server.end('SIGKILL');
      await server.start();
    }
    const listed = (await api.batches()).map(({ id }) => id);
    expect(acknowledged.filter((id) => !listed.includes(id))).toEqual([]);

    const ends = [];
    for (const id of acknowledged) ends.push(await endOf(api, id));
    const nonces = acceptedCreates(server).map(({ nonce }) => nonce);
    expect(nonces).not.toContain(null);
    expect(new Set(nonces).size).toBe(nonces.length);
    expect(ends.filter((end) => end === 'completed')).toHaveLength(nonces.length);
    test.info().annotations.push({ type: 'ends', description: ends.join(' ') });
  } finally {
    await server.clear();
  }
});

test('an upload cut by kill -9 leaves no file, and the same upload works afterwards', async () => {
  const server = await startServer();
  const api = apiOf(server);
  try {
    const text = jsonl(lines(20_000));
    await cutUpload(server, text);
    await server.start();
    expect((await api.get<{ items: unknown[] }>('/api/files')).items).toEqual([]);
    expect(await api.upload(text)).toMatchObject({
      bytes: Buffer.byteLength(text),
      requests: 20_000,
      usable: true,
    });
  } finally {
    await server.clear();
  }
});

/** Over with every row at hand; or the call left and nothing shows that it arrived, and a person is asked. */
async function endOf(api: Api, id: string): Promise<'completed' | 'needs_decision'> {
  const settled = (batch: Batch) => isOver(batch.phase) || batch.attention === 'needs_decision';
  const batch = await api.until(id, settled, 90_000);
  if (batch.attention === 'needs_decision') return 'needs_decision';
  expect(batch).toMatchObject({
    phase: 'completed',
    attention: null,
    counts: { total: 200, succeeded: 200 },
  });
  const rows = await api.results(id);
  expect(rows.map(({ ordinal }) => ordinal)).toEqual(Array.from({ length: 200 }, (_, i) => i + 1));
  expect(rows.every(({ outcome }) => outcome === 'succeeded')).toBe(true);
  return 'completed';
}

function cutUpload(server: Server, text: string): Promise<void> {
  return new Promise((resolve) => {
    const sent = request(`${server.url}/api/files?name=cut.jsonl`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-length': String(Buffer.byteLength(text)) },
    });
    sent.on('error', () => resolve());
    sent.write(text.slice(0, text.length / 2), async () => {
      await sleep(200);
      await server.end('SIGKILL');
      resolve();
    });
  });
}
