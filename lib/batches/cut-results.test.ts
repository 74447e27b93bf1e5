import type { ServerResponse } from 'node:http';
import { afterAll, expect, test } from 'vitest';
import { createOutbound } from '#lib/outbound/create-outbound';
import { localServer } from '#lib/outbound/outbound-kit';
import { exportResults } from '#lib/results/export-results';
import { testEnv } from '#lib/test-context';
import { getBatch } from './get-batch.ts';
import { answered, twoFileLines, walk, walkThrough } from './lifecycle-kit.ts';

const closing: (() => Promise<unknown>)[] = [];
afterAll(() => Promise.all(closing.map((close) => close())));

const line = (id: string, text: string) => `${JSON.stringify(answered(id, text))}\n`;
const whole = Buffer.from(
  `${line('a', 'é日本 "quoted"\u2028 and 𝒳')}${line('b', `\\n\n${'ß'.repeat(300)}`)}`,
);
/** Where bytes end has nothing to do with the engine, which is slow on one of them. */
const cuts = process.env.BATCHDECK_TEST_ENGINE === 'postgres' ? 20 : 200;

/** How a cut answer looks: shorter than it was announced, broken off, or ended as if that were all. */
const ends = {
  'with its length announced': (response: ServerResponse, part: Buffer) => {
    response.writeHead(200, { 'content-length': String(whole.length) });
    response.write(part, () => response.destroy());
  },
  'in chunks, broken off': (response: ServerResponse, part: Buffer) => {
    response.write(part, () => response.destroy());
  },
  'without a length, ended as if that were all': (response: ServerResponse, part: Buffer) =>
    void response.end(part),
};

test.each(Object.entries(ends))(
  `results cut at ${cuts} places, %s, are never called complete`,
  async (_, cutOff) => {
    const { step, look, output, serve } = await underway();
    for (const [n, at] of shuffled(whole.length - 2)
      .slice(0, cuts)
      .entries()) {
      serve(n, (response) => cutOff(response, whole.subarray(0, at + 1)));
      await step();
      expect([at, (await look()).phase]).toEqual([at, expect.stringMatching('pending|finishing|running')]);
    }
    serve(0, (response) => void response.end(whole));
    await step();
    await step();
    expect(await look()).toMatchObject({
      phase: 'completed',
      attention: null,
      counts: { succeeded: 2, missing: 0 },
      parts: [{ received: { lines: 2, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) } }],
    });
    expect(await output()).toEqual(whole);
  },
  180_000,
);

/** A batch that is over at a provider over HTTP, whose counts are right, nought, or not told, in turn. */
async function underway() {
  let counts: object | undefined;
  let send: (response: ServerResponse) => void = () => {};
  const provider = await localServer((request, response) => {
    request.resume().on('end', () => {
      if (request.url?.endsWith('/content')) return send(response);
      if (request.url === '/v1/files') return void response.end('{"id":"file-in","status":"processed"}');
      const over = { status: 'completed', output_file_id: 'file-out', request_counts: counts };
      const standing = request.method === 'POST' ? { status: 'validating' } : over;
      response.end(JSON.stringify({ id: 'batch_1', object: 'batch', ...standing }));
    });
  });
  const env = testEnv({ BATCHDECK_ALLOW_PRIVATE: '127.0.0.1/32:*', BATCHDECK_POLL_SECONDS: '0.001-0.002' });
  const outbound = createOutbound(env);
  closing.push(outbound.close, provider.close);
  const it = await walk(undefined, { env, outbound });
  const wish = { name: 'Over there', preset: 'openai-compatible', apiKey: 'sk-0123456789' };
  const id = await walkThrough(it, { ...wish, baseUrl: `${provider.origin}/v1` }, twoFileLines);
  const { ctx, step } = it;
  await step();
  const told = [{ total: 2, completed: 2, failed: 0 }, { total: 0, completed: 0, failed: 0 }, undefined];
  return {
    step,
    look: () => getBatch(ctx, id),
    serve(n: number, next: typeof send) {
      counts = told[n % told.length];
      send = next;
    },
    output: async () =>
      Buffer.concat(await Array.fromAsync((await exportResults(ctx, id, 'output.jsonl')).body)),
  };
}

/** Every place once, in an order that looks like none and is always the same. */
function shuffled(count: number): number[] {
  return Array.from({ length: count }, (_, at) => at).sort((a, b) => mixed(a) - mixed(b));
}

function mixed(n: number): number {
  return Math.imul(n + 1, 2_654_435_761) >>> 0;
}
