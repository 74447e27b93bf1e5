import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { Readable } from 'node:stream';
import type { BatchFile } from '#lib/model/file';
import { apiOf } from './api.ts';
import { expect, test } from './fixtures.ts';
import { type Server, startServer, token } from './server.ts';

const rows = 50_000;
const filler = 'The quick brown fox “jumps” over the lazy dog, 日本, \\n and on. '.repeat(56);

test('200 MB arrive byte for byte, and memory stays small', async () => {
  test.setTimeout(120_000);
  const server = await startServer();
  try {
    const { bytes, sha256 } = measure();
    expect(bytes).toBeGreaterThan(200_000_000);
    await apiOf(server).upload('{"custom_id":"warm","params":{"model":"m","messages":[]}}\n');
    const base = rssOf(server);
    let peak = base;
    const watch = setInterval(() => {
      peak = Math.max(peak, rssOf(server));
    }, 50);
    const answer = await post(server, { 'content-length': String(bytes), 'x-content-sha256': sha256 });
    clearInterval(watch);
    expect(answer.status).toBe(201);
    const file = JSON.parse(answer.text) as BatchFile;
    expect(file).toMatchObject({ bytes, sha256, requests: rows, usable: true });

    const back = createHash('sha256');
    const content = await apiOf(server).call('GET', `/api/files/${file.id}/content`);
    for await (const chunk of content.body ?? []) back.update(chunk as Uint8Array);
    expect(back.digest('hex')).toBe(sha256);
    test.info().annotations.push({ type: 'memory', description: `${mb(base)} → ${mb(peak)}` });
    expect(peak - base).toBeLessThan(150 * 1024 * 1024);

    const lie = await post(server, { 'content-length': String(bytes), 'x-content-sha256': '0'.repeat(64) });
    expect(lie.status).toBe(400);
    const { items } = await apiOf(server).get<{ items: BatchFile[] }>('/api/files');
    expect(items.filter((found) => found.bytes === bytes)).toHaveLength(1);
  } finally {
    await server.clear();
  }
});

test('a body that ends before its announced length leaves no row', async ({ server, api }) => {
  const before = await api.get<{ items: unknown[] }>('/api/files');
  await new Promise<void>((resolve) => {
    const sent = request(`${server.url}/api/files?name=cut.jsonl`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-length': '100000' },
    });
    sent.on('error', () => resolve());
    sent.on('response', (response) => response.resume().on('end', resolve));
    sent.write('{"custom_id":"a","params":{"model":"m","messages":[]}}\n');
    setTimeout(() => sent.destroy(), 300);
  });
  await expect
    .poll(async () => (await api.get<{ items: unknown[] }>('/api/files')).items.length)
    .toBe(before.items.length);
});

function* pieces(): Generator<Buffer> {
  for (let from = 0; from < rows; from += 250) {
    let text = '';
    for (let i = from; i < from + 250; i++) {
      const messages = [{ role: 'user', content: filler }];
      text += `${JSON.stringify({ custom_id: `row-${i}`, params: { model: 'sandbox/instant', messages } })}\n`;
    }
    yield Buffer.from(text);
  }
}

function measure(): { bytes: number; sha256: string } {
  const hash = createHash('sha256');
  let bytes = 0;
  for (const piece of pieces()) {
    hash.update(piece);
    bytes += piece.length;
  }
  return { bytes, sha256: hash.digest('hex') };
}

function post(server: Server, headers: Record<string, string>): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(`${server.url}/api/files?name=big.jsonl`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, ...headers },
    });
    sent.on('error', reject);
    sent.on('response', async (response) => {
      let text = '';
      for await (const chunk of response.setEncoding('utf8')) text += chunk;
      resolve({ status: response.statusCode ?? 0, text });
    });
    Readable.from(pieces()).pipe(sent);
  });
}

function rssOf(server: Server): number {
  const status = readFileSync(`/proc/${server.pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) * 1024;
}

function mb(bytes: number): string {
  return `${Math.round(bytes / 1024 / 1024)} MB`;
}
