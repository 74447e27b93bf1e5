import { createHash } from 'node:crypto';
import { setImmediate as otherWork } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Context } from '#lib/context';
import { createLineSplitter, type Line } from '#lib/jsonl/split-lines';
import { testContext, testEnv } from '#lib/test-context';
import { listFindings } from './list-findings.ts';
import { openFile } from './open-file.ts';
import { readRequestLines } from './read-lines.ts';
import { receiveFile } from './receive-file.ts';

/** Each gate is tried on our code and on one that is broken on purpose: a gate that lets that through measures nothing. */
type Receive = typeof receiveFile;

const padding = `日本語 \\"quoted\\" 😀 \u2028 ${'the quick brown fox '.repeat(180)}`;
const requestLine = (i: number) =>
  Buffer.from(
    `{"custom_id":"row-${i}","params":{"model":"m","messages":[{"role":"user","content":"${padding}"}]}}\n`,
  );

async function* bigFile(bytes: number) {
  let sent = 0;
  for (let i = 0; sent < bytes; ) {
    const lines: Buffer[] = [];
    for (let n = 0; n < 16 && sent < bytes; n++) {
      const line = requestLine(i++);
      lines.push(line);
      sent += line.length;
    }
    yield Buffer.concat(lines);
    await otherWork();
  }
}

async function measure(bytes: number) {
  const hash = createHash('sha256');
  let length = 0;
  for await (const chunk of bigFile(bytes)) {
    hash.update(chunk);
    length += chunk.length;
  }
  return { length, sha256: hash.digest('hex') };
}

/** What a proxy that cuts bodies does: the rest is simply not there. */
async function* cutAt(bytes: number, source: AsyncIterable<Uint8Array>) {
  let passed = 0;
  for await (const chunk of source) {
    yield chunk.subarray(0, bytes - passed);
    passed += chunk.length;
    if (passed >= bytes) return;
  }
}

const careless: Receive = (ctx, upload) => receiveFile(ctx, { ...upload, contentLength: null, sha256: null });

async function rowsOf(ctx: Context): Promise<number> {
  const { n } = await ctx.db
    .selectFrom('files')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow();
  return n + (await Array.fromAsync(ctx.blobs.list(''))).length;
}

/** What lies about its length or hash is refused, and neither row nor bytes stay. */
async function refusesLies(receive: Receive): Promise<boolean> {
  const ctx = await testContext();
  const { length, sha256 } = await measure(2_000_000);
  const send = (body: AsyncIterable<Uint8Array>, contentLength: number | null, hash: string | null) =>
    receive(ctx, { name: 'lie.jsonl', body, contentLength, sha256: hash }).then(
      () => false,
      () => true,
    );
  const refused = [
    await send(cutAt(1_000_000, bigFile(2_000_000)), length, null),
    await send(bigFile(2_000_000), length - 1, null),
    await send(cutAt(1_000_000, bigFile(2_000_000)), null, sha256),
    await send(
      bigFile(2_000_000),
      length,
      sha256.replace(/^./, (digit) => (digit === '0' ? '1' : '0')),
    ),
  ];
  return refused.every(Boolean) && (await rowsOf(ctx)) === 0;
}

test('an upload that is not what was announced leaves nothing', async () => {
  expect(await refusesLies(receiveFile)).toBe(true);
  expect(await refusesLies(careless), 'the broken variant').toBe(false);
});

test('200 MB arrive byte for byte, in little memory', async () => {
  const ctx = await testContext();
  const { length, sha256 } = await measure(200_000_000);
  const base = process.memoryUsage().rss;
  let peak = base;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, 20);
  const file = await receiveFile(ctx, {
    name: 'big.jsonl',
    body: bigFile(200_000_000),
    contentLength: length,
    sha256,
  });
  clearInterval(watch);
  expect(file).toMatchObject({ bytes: length, sha256, usable: true });
  expect(await ctx.blobs.size(`files/${file.id}`)).toBe(length);
  expect(peak - base, 'memory').toBeLessThan(150_000_000);
  await ctx.blobs.delete(`files/${file.id}`);
}, 120_000);

test('four large uploads at once stay small, and one that is too large keeps nothing', async () => {
  const limit = 60_000_000;
  const ctx = await testContext({ env: testEnv({ BATCHDECK_MAX_FILE_BYTES: String(limit) }) });
  const send = (bytes: number) =>
    receiveFile(ctx, { name: 'big.jsonl', body: bigFile(bytes), contentLength: null, sha256: null });
  const base = process.memoryUsage().rss;
  let peak = base;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, 20);
  const sent = await Promise.allSettled([...Array(4).fill(limit - 100_000), limit + 100_000].map(send));
  clearInterval(watch);
  expect(sent.map(({ status }) => status)).toEqual([...Array(4).fill('fulfilled'), 'rejected']);
  expect(await rowsOf(ctx)).toBe(8);
  expect(peak - base, 'memory').toBeLessThan(4 * 100_000_000);
  await ctx.blobs.dropUnfinished();
}, 120_000);

const boundless: Receive = (ctx, upload) =>
  receiveFile({ ...ctx, env: { ...ctx.env, BATCHDECK_MAX_FILE_BYTES: Number.MAX_SAFE_INTEGER } }, upload);

/** One byte over the limit is refused, whether its length was announced or not, and nothing stays. */
async function refusesTooMuch(receive: Receive): Promise<boolean> {
  const limit = 1_000_000;
  const ctx = await testContext({ env: testEnv({ BATCHDECK_MAX_FILE_BYTES: String(limit) }) });
  async function* body() {
    yield Buffer.alloc(limit, 'x');
    yield Buffer.from('x');
  }
  for (const contentLength of [limit + 1, null]) {
    const upload = { name: 'over.jsonl', body: body(), contentLength, sha256: null };
    const status = await receive(ctx, upload).then(
      () => 201,
      (refusal: { status: number }) => refusal.status,
    );
    if (status !== 413) return false;
  }
  return (await rowsOf(ctx)) === 0;
}

test('a byte over the limit is refused', async () => {
  expect(await refusesTooMuch(receiveFile)).toBe(true);
  expect(await refusesTooMuch(boundless), 'the broken variant').toBe(false);
});

/** The usual code: text first, then every line break Unicode knows. */
function splitAsText(bytes: Uint8Array): number {
  return new TextDecoder().decode(bytes).split(/\r\n|[\n\r\u2028\u2029]/).length;
}

function splitOurs(bytes: Uint8Array): number {
  const splitter = createLineSplitter();
  const lines: Line[] = [];
  for (const byte of bytes) splitter.push(Uint8Array.of(byte), (line) => lines.push(line));
  splitter.end((line) => lines.push(line));
  return lines.length;
}

test('U+2028 and a lone CR never split a line', () => {
  const file = Buffer.from('{"custom_id":"a\u2028b","params":{"model":"m\u2029"}}\n{"a":\r1}');
  expect(splitOurs(file)).toBe(2);
  expect(splitAsText(file), 'the broken variant').not.toBe(2);
});

const oddLines = [
  '{"custom_id":"a","params":{"model":"m","n":9007199254740993,"e":1e400,"f":1.0}}',
  '{"params":{"z":1,"model":"m","a":2},"custom_id":"\\u0062"}',
  '{"custom_id":"c","params":{"model":"m","top_p":1,"top_p":0.5}}',
];

test('what goes to a provider are the bytes that came', async () => {
  const ctx = await testContext();
  async function* body() {
    yield Buffer.from(oddLines.join('\n'));
  }
  const file = await receiveFile(ctx, { name: 'odd', body: body(), contentLength: null, sha256: null });
  expect(file).toMatchObject({ usable: true, findings: { errors: 0 } });
  const { blobKey } = await openFile(ctx, file.id);
  const sent = await Array.fromAsync(readRequestLines(ctx.blobs, blobKey), (line) =>
    Buffer.from(line).toString(),
  );
  expect(sent).toEqual(oddLines);
  const rewritten = oddLines.map((line) => JSON.stringify(JSON.parse(line)));
  expect(
    rewritten.filter((line) => oddLines.includes(line)),
    'the broken variant',
  ).toEqual([]);
});

test('a line of 150 MB is named, not held, and the lines around it are read', async () => {
  const ctx = await testContext();
  async function* body() {
    yield requestLine(1);
    for (let sent = 0; sent < 150; sent++) {
      yield Buffer.alloc(1_000_000, 'x');
      await otherWork();
    }
    yield Buffer.from('\n');
    yield requestLine(1);
  }
  const file = await receiveFile(ctx, { name: 'long', body: body(), contentLength: null, sha256: null });
  expect(file).toMatchObject({
    requests: 2,
    findings: { codes: { line_too_long: 1, duplicate_custom_id: 1 } },
  });
  const { items } = await listFindings(ctx, file.id, { cursor: 0, limit: 10 });
  expect(items.map(({ line, code }) => [line, code])).toEqual([
    [2, 'line_too_long'],
    [3, 'duplicate_custom_id'],
  ]);
}, 60_000);

/** The longest line that is kept of one of 150 MB and its neighbours. */
function longestHeld(options: Parameters<typeof createLineSplitter>[0]): number {
  const splitter = createLineSplitter(options);
  let longest = 0;
  const look = ({ bytes }: Line) => {
    longest = Math.max(longest, bytes?.length ?? 0);
  };
  splitter.push(requestLine(1), look);
  for (let sent = 0; sent < 150; sent++) splitter.push(Buffer.alloc(1_000_000, 'x'), look);
  splitter.push(requestLine(2), look);
  splitter.end(look);
  return longest;
}

test('no more than one line of bounded length is ever held', () => {
  expect(longestHeld({})).toBeLessThan(1_000_000);
  expect(longestHeld({ maxLineBytes: Number.POSITIVE_INFINITY }), 'the broken variant').toBeGreaterThan(
    150_000_000,
  );
});
