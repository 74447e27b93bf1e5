import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createBatch } from '#lib/batches/create-batch';
import { createConnection } from '#lib/connections/create-connection';
import { receiveFile } from '#lib/files/receive-file';
import { plant } from '#lib/poller/plant-kit';
import { openGround } from '#lib/poller/replicas-kit';

type Say = (head: string, words: string) => void;
type Poll = { id: string; at: number };

const batches = 500;
const intervalMs = 20_000;
const windowMs = 120_000;

/** What three workers ask of a provider about 500 running batches, against what one asks. Answers how many demands were not met. */
export async function countPolls(say: Say): Promise<number> {
  const alone = await pollsOf(1, say);
  const together = await pollsOf(3, say);
  const ratio = together.polls / alone.polls;
  say('ratio', `${ratio.toFixed(3)}, at most 1.05 is allowed`);
  const late = [alone, together].filter(({ longestMs }) => longestMs > 2 * intervalMs);
  return (ratio > 1.05 ? 1 : 0) + late.length;
}

async function pollsOf(workers: number, say: Say): Promise<{ polls: number; longestMs: number }> {
  const provider = await startProvider();
  const seconds = intervalMs / 1_000;
  const ground = await openGround({
    BATCHDECK_POLL_SECONDS: `${seconds}-${seconds}`,
    BATCHDECK_ALLOW_PRIVATE: '127.0.0.1/32:*',
  });
  try {
    await fill(ground.ctx, provider.url);
    const names = Array.from({ length: workers }, (_, n) => `worker-${n}`);
    await Promise.all(names.map((name) => ground.worker(name)));
    await sleep(intervalMs);
    const from = performance.now();
    await sleep(windowMs);
    const seen = provider.polls.filter(({ at }) => at <= from + windowMs);
    const polls = seen.filter(({ at }) => at >= from).length;
    const longestMs = Math.max(
      ...Map.groupBy(seen, ({ id }) => id)
        .values()
        .map((of) => longestGap(of, from)),
    );
    say(
      `${workers} at work`,
      `${polls} polls of ${batches} batches in ${windowMs / 1_000} s, ${new Set(seen.map(({ id }) => id)).size} batches asked about, the longest wait ${(longestMs / 1_000).toFixed(1)} s`,
    );
    return { polls, longestMs };
  } finally {
    await ground.close();
    provider.close();
  }
}

/** From one poll to the next, and from the last one to the end. */
function longestGap(polls: Poll[], from: number): number {
  const times = [...polls.map(({ at }) => at), from + windowMs];
  return Math.max(...times.slice(1).map((at, n) => at - (times[n] ?? 0)));
}

/** They come due one after the other, as they would after a while. */
async function fill(ctx: Awaited<ReturnType<typeof openGround>>['ctx'], baseUrl: string): Promise<void> {
  const { id } = await createConnection(ctx, {
    name: 'Counting',
    preset: 'inline-compatible',
    baseUrl,
    apiKey: 'sk-0123456789',
  });
  const file = await receiveFile(ctx, { name: 'a.jsonl', body: line(), contentLength: null, sha256: null });
  const { id: first } = await createBatch(ctx, { fileId: file.id, connection: id, name: 'First' });
  const now = Date.now();
  const dueAt = (n: number) => Math.round(now + (n / batches) * intervalMs);
  await plant(ctx.db, { connectionId: id, name: 'batch', count: batches, dueAt });
  await ctx.db.deleteFrom('parts').where('batch_id', '=', first).execute();
}

async function* line(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('{"custom_id":"a","params":{"model":"m","messages":[{"role":"user","content":"hi"}]}}\n');
}

/** Everything runs there for ever, and each look is written down. */
async function startProvider() {
  const polls: Poll[] = [];
  const server = createServer((request, response) => {
    const id = request.url?.split('/').at(-1) ?? '';
    polls.push({ id, at: performance.now() });
    const counts = { total: 1, completed: 0, failed: 0 };
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ id, object: 'batch', status: 'in_progress', request_counts: counts }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { polls, url: `http://127.0.0.1:${port}/v1`, close: () => server.close() };
}
