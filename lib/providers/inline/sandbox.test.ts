import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createLog } from '#lib/log';
import type { ProviderFetch } from '#lib/providers/provider';
import { createInput, lostCreate, text } from '#lib/providers/provider-kit';
import { providerFor } from '#lib/providers/registry';
import { openSandbox } from '#lib/sandbox/open-sandbox';

const provider = providerFor('inline', 'sandbox');

async function atTheSandbox() {
  const dir = mkdtempSync(path.join(tmpdir(), 'sandbox-'));
  const time = { now: Date.now() };
  const sandbox = await openSandbox({ dir, clock: () => time.now, log: createLog('error', () => {}) });
  const fetch: ProviderFetch = (url, { method, headers, body }) => {
    const bytes = typeof body === 'string' ? [Buffer.from(body)] : body;
    return sandbox.fetch({
      method,
      path: `/v1${url}`,
      headers: new Headers(headers),
      body: bytes ? stream(bytes) : null,
    });
  };
  return { fetch, time };
}

async function* stream(chunks: AsyncIterable<Uint8Array> | Uint8Array[]): AsyncIterable<Uint8Array> {
  yield* chunks;
}

async function* lines(count: number, model: string) {
  for (let n = 0; n < count; n++) {
    yield Buffer.from(
      JSON.stringify({
        custom_id: `row-${n}`,
        params: { model, messages: [{ role: 'user', content: `No. ${n}` }] },
      }),
    );
  }
}

describe('the adapter and the sandbox', () => {
  it('create, follow, find and read a batch', async () => {
    const { fetch, time } = await atTheSandbox();
    const input = createInput({ nonce: 'int_7', lines: () => lines(100, 'sandbox/flaky') });
    const created = await provider.create(fetch, input);
    if (created.kind !== 'accepted') throw new Error(created.kind);
    const id = created.report.providerBatchId;
    expect(
      (await provider.find(fetch, lostCreate('int_7'))).map(({ report }) => report.providerBatchId),
    ).toEqual([id]);
    expect(await provider.find(fetch, lostCreate('int_8'))).toEqual([]);
    time.now += 4_000;
    const running = await provider.poll(fetch, id);
    expect(running).toMatchObject({ kind: 'report', report: { state: 'running', counts: { total: 100 } } });
    time.now += 4_000;
    const done = await provider.poll(fetch, id);
    if (done.kind !== 'results') throw new Error(done.kind);
    const records = (await text(done.lines))
      .trimEnd()
      .split('\n')
      .map((line) => provider.readLine(Buffer.from(line)));
    expect(new Set(records.map((record) => record.outcome))).toEqual(
      new Set(['succeeded', 'failed', 'expired']),
    );
    const good = records.find((record) => record.outcome === 'succeeded');
    expect(good).toMatchObject({ httpStatus: 200, model: 'sandbox/flaky', finishReason: 'stop' });
    expect(good?.costNano).toBeGreaterThan(0);
    expect(good?.usage?.input).toBeGreaterThan(0);
  });

  it('cancel it', async () => {
    const { fetch, time } = await atTheSandbox();
    const input = createInput({ lines: () => lines(20, 'sandbox/slow') });
    const created = await provider.create(fetch, input);
    if (created.kind !== 'accepted') throw new Error(created.kind);
    const id = created.report.providerBatchId;
    expect(await provider.cancel(fetch, id)).toMatchObject({
      kind: 'report',
      report: { state: 'cancelling', counts: null },
    });
    time.now += 1_000;
    const done = await provider.poll(fetch, id);
    if (done.kind !== 'results') throw new Error(done.kind);
    const records = (await text(done.lines))
      .trimEnd()
      .split('\n')
      .map((line) => provider.readLine(Buffer.from(line)));
    expect(records.map((record) => record.outcome)).toEqual(Array(20).fill('cancelled'));
    expect(await provider.cancel(fetch, id)).toMatchObject({
      kind: 'trouble',
      message: expect.stringContaining('already cancelled'),
    });
  });

  it('hears a refusal in words', async () => {
    const { fetch } = await atTheSandbox();
    async function* twice() {
      yield* lines(1, 'm');
      yield* lines(1, 'm');
    }
    const answer = await provider.create(fetch, createInput({ lines: twice }));
    expect(answer).toMatchObject({
      kind: 'refused',
      httpStatus: 400,
      message: expect.stringContaining('repeats “row-0”'),
    });
  });
});
