import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { systemClock } from '#lib/clock';
import { createLog } from '#lib/log';
import { type Dialect, dialects } from '#lib/model/connection';
import type { FaultRule } from '#lib/model/sandbox-fault-script';
import { isCreate, type JournalEntry } from '#lib/model/sandbox-journal';
import { exportResults } from '#lib/results/export-results';
import { openSandbox } from '#lib/sandbox/open-sandbox';
import type { Sandbox } from '#lib/sandbox/sandbox';
import { getBatch } from './get-batch.ts';
import { twoFileLines, twoRequests, walk, walkThrough } from './lifecycle-kit.ts';
import { deadlines } from './within.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

/** Each time the provider has accepted the create, and we do not hear of it. */
const losses: [string, FaultRule][] = [
  ['a connection that breaks', { on: 'create', times: 1, accepted: true, drop: true }],
  ['an error that is none', { on: 'create', times: 1, accepted: true, status: 500 }],
  ['silence past our patience', { on: 'create', times: 1, accepted: true, hangMs: 600_000 }],
];

describe.each(dialects)('of a create of the %s dialect that was accepted', (dialect) => {
  test.each(losses)(
    'the answer is lost by %s: it is found by looking and made once',
    { timeout: 60_000 },
    async (_, rule) => {
      vi.spyOn(deadlines, 'createMs', 'get').mockReturnValue(500);
      const { creates, steps, look, output } = await sent(dialect, rule);
      await steps(1);
      expect(await look()).toMatchObject({ phase: 'submitting', attention: null });
      expect(creates()).toHaveLength(1);
      await steps(8);
      expect(await look()).toMatchObject({ phase: 'completed', attention: null, counts: { succeeded: 2 } });
      expect(await look()).toMatchObject({ parts: [{ providerBatchId: creates()[0]?.id }] });
      expect(creates()).toHaveLength(1);
      expect((await output()).map(({ custom_id }) => custom_id)).toEqual(['a', 'b']);
    },
  );
});

test('where a stranger’s batch looks the same and nothing bears a mark, a person is shown both', {
  timeout: 60_000,
}, async () => {
  const lost: FaultRule = { on: 'create', times: 1, accepted: true, drop: true };
  const { sandbox, creates, steps, look } = await sent('anthropic', lost);
  await steps(1);
  const stranger = `{"requests":[${twoRequests.trim().replace('\n', ',')}]}`;
  const headers = new Headers({ 'anthropic-version': '2023-06-01' });
  await sandbox.fetch({ method: 'POST', path: '/v1/messages/batches', headers, body: once(stranger) });
  await steps(12);
  const batch = await look();
  expect(batch).toMatchObject({ phase: 'submitting', attention: 'needs_decision' });
  const shown = batch.parts[0]?.lostCall?.candidates?.map(({ id }) => id).sort();
  expect(shown).toEqual(
    creates()
      .map(({ id }) => id)
      .sort(),
  );
  expect(creates()).toHaveLength(2);
});

/** A batch of two requests on its way to a sandbox of its own that follows a script. */
async function sent(dialect: Dialect, rule: FaultRule) {
  const dir = mkdtempSync(path.join(tmpdir(), 'lost-answers-'));
  const sandbox: Sandbox = await openSandbox({
    dir,
    clock: systemClock,
    log: createLog('error', () => {}),
  });
  const it = await walk(undefined, { sandbox });
  const headers = { 'x-sandbox-faults': JSON.stringify([rule]) };
  const wish = { name: 'Loses answers', preset: 'sandbox', dialect, headers };
  const id = await walkThrough(it, wish, dialect === 'openai' ? twoFileLines : twoRequests);
  return {
    sandbox,
    creates: () =>
      readFileSync(path.join(dir, 'journal.jsonl'), 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as JournalEntry)
        .filter(isCreate),
    look: () => getBatch(it.ctx, id),
    async steps(count: number) {
      for (let n = 0; n < count; n++) await it.step();
    },
    async output(): Promise<{ custom_id: string }[]> {
      const { body: bytes } = await exportResults(it.ctx, id, 'output.jsonl');
      const text = Buffer.concat(await Array.fromAsync(bytes)).toString();
      return text
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as { custom_id: string });
    },
  };
}

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
