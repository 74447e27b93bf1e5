import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { JournalEntry } from '#lib/model/sandbox-journal';
import { openJournal } from './journal.ts';
import { aSandbox, request } from './sandbox-kit.ts';

const dayMs = 86_400_000;
const now = 100 * dayMs;
const entry = (more: Partial<JournalEntry>): JournalEntry => ({
  t: now,
  id: 'batch_1',
  method: 'GET',
  path: '/v1/batches/batch_1',
  dialect: 'inline',
  bodySha256: null,
  keySha256: null,
  requests: 0,
  accepted: true,
  status: 200,
  nonce: null,
  ...more,
});
const aFile = (text = '') => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'journal-')), 'journal.jsonl');
  writeFileSync(file, text);
  return file;
};
const lines = (file: string) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as JournalEntry);

describe('the journal', () => {
  it('has a line for every call by the time it is answered', async () => {
    const { ask, create, journal } = await aSandbox({ authorization: 'Bearer bd_canary_0123456789abcdef' });
    const id = await create([request('a')], { metadata: { batchdeck_intent: 'int_1' } });
    for (const [method, url, status] of [
      ['GET', `/v1/batches/${id}`, 200],
      ['GET', '/v1/batches?limit=2', 200],
      ['GET', '/v1/files/none', 404],
      ['PUT', '/v1/nothing', 404],
    ] as const) {
      await ask(method, url);
      expect(journal().at(-1)).toMatchObject({ method, path: url, status, accepted: status === 200 });
    }
    expect(journal()).toHaveLength(5);
    expect(journal()[0]).toMatchObject({
      id,
      dialect: 'inline',
      nonce: 'int_1',
      bodySha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      keySha256: expect.stringMatching(/^[0-9a-f]{16}$/),
    });
    expect(JSON.stringify(journal())).not.toContain('canary');
  });

  it('writes what comes at once in one go, and all of it', async () => {
    const file = aFile();
    const { journal } = await openJournal(file);
    const ids = Array.from({ length: 500 }, (_, n) => `batch_${n}`);
    await Promise.all(ids.map((id) => journal.append(entry({ id }))));
    expect(lines(file).map(({ id }) => id)).toEqual(ids);
  });

  it('knows what was created and counted, and reads over a line that a crash cut', async () => {
    const create = entry({ method: 'POST', path: '/v1/batches', id: 'batch_7' });
    const counted = entry({ script: 'abc', calls: ['any', 'list'], subject: '' });
    const whole = [create, counted, entry({})].map((line) => `${JSON.stringify(line)}\n`).join('');
    const file = aFile(`${whole}{"t":1,"path":"/v1/batches","i`);
    const opened = await openJournal(file);
    expect([...opened.created]).toEqual(['batch_7']);
    expect(opened.counted).toEqual([counted]);
    await opened.journal.append(entry({ id: 'after' }));
    expect(readFileSync(file, 'utf8').trimEnd().split('\n').at(-1)).toContain('after');
  });

  it('is trimmed when it is long: looks after a day, deeds after a month', async () => {
    const old = (days: number, more: Partial<JournalEntry>) => entry({ t: now - days * dayMs, ...more });
    const kept = [old(29, { id: 'made', method: 'POST', path: '/v1/batches' }), old(0.5, { id: 'looked' })];
    const gone = [
      old(31, { id: 'made', method: 'POST', path: '/v1/batches' }),
      old(2, { id: 'refused', method: 'POST', path: '/v1/batches', accepted: false }),
      old(2, { id: 'looked' }),
    ];
    const text = [...gone, ...kept].map((line) => `${JSON.stringify(line)}\n`).join('');
    const short = aFile(text);
    await (await openJournal(short)).journal.trim(now, 30 * dayMs);
    expect(lines(short)).toHaveLength(5);
    const padding = `${JSON.stringify(old(2, { nonce: 'x'.repeat(1_000_000) }))}\n`;
    const long = aFile(text + padding.repeat(35));
    const { journal } = await openJournal(long);
    await Promise.all([
      journal.append(entry({ id: 'before' })),
      journal.trim(now, 30 * dayMs),
      journal.append(entry({ id: 'after' })),
    ]);
    expect(lines(long).map(({ id }) => id)).toEqual(['made', 'looked', 'before', 'after']);
  });
});
