import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import { afterAll, expect, test } from 'vitest';
import { type Outcome, outcomes, type ResultRecord } from '#lib/model/result';
import { providerFor } from '#lib/providers/registry';
import { buildIndex } from './build-index.ts';
import { type MadeBatch, makeBatch } from './index/made-batch-kit.ts';
import type { AttemptInput, BuildOrder } from './index-orders.ts';

const dir = mkdtempSync(path.join(tmpdir(), 'index-'));
const helper = new Worker(new URL('./help-worker.ts', import.meta.url));
afterAll(() => helper.terminate());

const { readLine } = providerFor('inline', 'sandbox');
const seeds = Array.from({ length: 60 }, (_, n) => n + 1);

type Seen = { rows: object[]; anomalies: object[] };

/** What the index holds, with the bytes its places name. */
function seen({ attempts: [attempt], out }: BuildOrder): Seen {
  const { input, parts } = attempt as AttemptInput;
  const files = parts.flatMap(({ segments }) => segments.map(({ file }) => readFileSync(file)));
  const bytes = (file: Buffer | undefined, offset: unknown, length: unknown) =>
    file?.subarray(Number(offset), Number(offset) + Number(length)).toString() ?? null;
  const db = new DatabaseSync(out.index, { readOnly: true });
  const rows = db
    .prepare('select rows.*, name from rows left join models on id = model order by ordinal')
    .all();
  const anomalies = db.prepare('select * from anomalies order by id').all();
  db.close();
  return {
    rows: rows.map((row) => ({
      id: row.custom_id,
      outcome: outcomes[Number(row.outcome)],
      code: row.error_code,
      model: row.name,
      tokens: row.total,
      request: bytes(readFileSync(input.file), row.in_offset, row.in_length),
      answer: bytes(files[Number(row.segment ?? -1)], row.out_offset, row.out_length),
    })),
    anomalies: anomalies.map((row) => ({
      kind: row.kind,
      id: row.custom_id,
      line: bytes(files[Number(row.segment)], row.out_offset, row.out_length),
    })),
  };
}

/** The slow and plain way: everything in memory, one line after the other. */
function expected({ ids, requests, segments, order }: MadeBatch): Seen {
  const first = new Map<string, { record: ResultRecord; line: string }>();
  const anomalies: object[] = [];
  for (const line of segments.flatMap((segment) => segment.split('\n'))) {
    if (line.trim() === '') continue;
    const record = readLine(Buffer.from(line));
    const id = record.customId;
    const before = id === null ? undefined : first.get(id);
    if (id === null) anomalies.push({ kind: 'unparseable', id, line });
    else if (!ids.includes(id)) anomalies.push({ kind: 'unknown', id, line });
    else if (!before) first.set(id, { record, line });
    else {
      const same = before.record.outcome === record.outcome;
      anomalies.push({ kind: same ? 'duplicate' : 'conflicting', id, line });
    }
  }
  const rows = ids.map((id, n) => {
    const found = first.get(id);
    const part = order.attempts[0]?.parts.find((given) => n + 1 <= given.last);
    const asked = JSON.parse(requests[n] ?? '') as { params: { model: string } };
    return {
      id,
      outcome: found?.record.outcome ?? (part?.refused ? 'failed' : part?.unanswered),
      code: found ? found.record.errorCode : (part?.refused?.code ?? null),
      model: found?.record.model ?? asked.params.model,
      tokens: found?.record.usage?.total ?? null,
      request: requests[n],
      answer: found?.line ?? null,
    };
  });
  return { rows, anomalies };
}

test.each(seeds)('nothing is lost, made up or told twice, batch %i', (seed) => {
  const made = makeBatch(seed, dir);
  const totals = buildIndex(
    made.order,
    () => null,
    () => null,
  );
  const found = seen(made.order);
  expect(found).toEqual(expected(made));
  const { one, two } = totals.counts as Record<'one' | 'two', Record<Outcome, number>>;
  expect(outcomes.reduce((sum, outcome) => sum + one[outcome] + two[outcome], 0)).toBe(made.ids.length);
  for (const outcome of outcomes) {
    expect(one[outcome] + two[outcome]).toBe(totals.merged[outcome]);
    expect(totals.merged[outcome]).toBe(
      found.rows.filter((row) => (row as { outcome: string }).outcome === outcome).length,
    );
  }
  expect(({} as Record<string, unknown>).custom_id).toBeUndefined();
});

test('two threads make the very file that one makes', () => {
  const count = 60_000;
  const input = { key: 'i', file: path.join(dir, 'large-input') };
  const output = path.join(dir, 'large-output');
  const filler = 'x'.repeat(150);
  const request = (n: number) => `{"custom_id":"row-${n}","params":{"model":"m","messages":"${filler}"}}\n`;
  const answer = (n: number) =>
    `{"custom_id":"row-${(n * 7) % (count + 10)}","response":{"status_code":200,"body":{"text":"${filler}"}}}\n`;
  const all = (line: (n: number) => string) => Array.from({ length: count }, (_, n) => line(n)).join('');
  writeFileSync(input.file, all(request));
  writeFileSync(output, all(answer));
  const part = { id: 'p', first: 1, last: count, refused: null, unanswered: 'missing' } as const;
  const order = {
    attempts: [{ n: 1, input, parts: [{ ...part, segments: [{ key: 'k', file: output }] }] }],
    dialect: 'inline',
    preset: 'sandbox',
    base: null,
    tariff: { list: null, discount: 0 },
  };
  const [alone, together] = [null, helper].map((hand, n) => {
    const out = { index: path.join(dir, `large-${n}.sqlite`), text: path.join(dir, `large-${n}.text`) };
    const totals = buildIndex(
      { ...order, out },
      () => hand,
      () => null,
    );
    return { totals, bytes: Buffer.concat([readFileSync(out.index), readFileSync(out.text)]) };
  });
  expect(together?.totals).toEqual(alone?.totals);
  expect(together?.bytes.equals(alone?.bytes ?? new Uint8Array())).toBe(true);
});

test('an input that cannot be read ends the build, with help and without', () => {
  const input = { key: 'i', file: path.join(dir, 'broken-input') };
  const request = `{"custom_id":"a","params":{"messages":"${'x'.repeat(450)}"}}\n`;
  writeFileSync(input.file, `${request.repeat(40_000)}{"custom_id"\n`);
  const order = {
    attempts: [{ n: 1, input, parts: [] }],
    dialect: 'inline',
    preset: 'sandbox',
    base: null,
    tariff: { list: null, discount: 0 },
    out: { index: path.join(dir, 'broken.sqlite'), text: path.join(dir, 'broken.text') },
  };
  expect(() =>
    buildIndex(
      order,
      () => helper,
      () => null,
    ),
  ).toThrow('JSON');
  expect(() =>
    buildIndex(
      order,
      () => null,
      () => null,
    ),
  ).toThrow('JSON');
});
