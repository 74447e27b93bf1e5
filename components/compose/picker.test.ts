import { createHash } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { anyTarget } from '#lib/jsonl/line-rules';
import { doJob } from './do-job.ts';
import { overall, type PickedFiles, prefixesFor } from './picked.ts';
import { createPicker } from './picker.ts';
import type { runJob } from './run-job.ts';

/** The work itself, without a thread. */
const run: typeof runJob = async (job, { signal, onProgress }) => {
  signal.throwIfAborted();
  return doJob(job, onProgress ?? (() => {})).finally(() => signal.throwIfAborted());
};

function pick(...files: [string, string][]) {
  let state: PickedFiles = { files: [], become: 'one', whole: null };
  const picker = createPicker(run, (next) => {
    state = next;
  });
  const take = (given: [string, string][], how: 'add' | 'replace') =>
    picker.take(
      given.map(([name, text]) => ({ name, blob: new Blob([text]) })),
      how,
    );
  take(files, 'replace');
  const settled = async () => {
    await vi.waitFor(() => expect(['done', 'failed']).toContain(overall(state).state));
    return { ...state, ...overall(state) };
  };
  return { picker, settled, take };
}

const params = (id: string, more = '') => `{"custom_id":"${id}","params":{"model":"m"${more}}}\n`;
const shaOf = (text: string) => createHash('sha256').update(text).digest('hex');

test('a file is judged, and sent as it is', async () => {
  const { picker, settled } = pick(['rows.jsonl', params('a')]);
  expect((await settled()).summary).toMatchObject({ requests: 1, errors: 0 });
  const [bundle] = await picker.bundles();
  expect(bundle).toMatchObject({ fileName: 'rows.jsonl', sha256: shaOf(params('a')), stem: 'rows' });
});

test('a file of the same name takes the place of the old one, others stand beside it or replace all', async () => {
  const { settled, take } = pick(['a.jsonl', 'nonsense'], ['b.jsonl', params('b')]);
  take(
    [
      ['a.jsonl', params('a')],
      ['c.jsonl', params('c')],
    ],
    'add',
  );
  expect((await settled()).files.map(({ name }) => name)).toEqual(['b.jsonl', 'a.jsonl', 'c.jsonl']);
  expect((await settled()).summary?.errors).toBe(0);
  take([['d.jsonl', params('d')]], 'replace');
  expect((await settled()).files.map(({ name }) => name)).toEqual(['d.jsonl']);
});

test('another target is another judgement', async () => {
  const { picker, settled } = pick(['rows.jsonl', params('a')]);
  await settled();
  picker.setRules({ ...anyTarget, lines: 'openai' });
  expect((await settled()).summary?.codes).toEqual({ wrong_dialect: 1 });
});

test('a line is edited where it stands, and the edit taken back', async () => {
  const { picker, settled } = pick(['rows.jsonl', `${params('a')}nonsense\n${params('a')}x\n`]);
  const { summary, files } = await settled();
  expect(summary?.errors).toBe(3);
  const key = files[0]?.key ?? '';
  const bad = summary?.findings.find(({ line }) => line === 2);
  picker.editLine(key, 2, bad?.place ?? { offset: 0, bytes: 0 }, params('b').trim());
  const edited = await settled();
  expect(edited.summary?.findings.map(({ line, code }) => [line, code])).toEqual([
    [3, 'duplicate_custom_id'],
    [4, 'invalid_json'],
  ]);
  const last = edited.summary?.findings.at(-1);
  picker.editLine(key, 4, last?.place ?? { offset: 0, bytes: 0 }, null);
  const shorter = await settled();
  expect(await shorter.files[0]?.blob.text()).toBe(`${params('a')}${params('b')}${params('a')}`);
  expect(shorter.files[0]?.repairs.map(({ title }) => title)).toEqual(['Line 2 edited', 'Line 4 left out']);
  picker.undo(key);
  picker.undo(key);
  expect((await settled()).summary?.errors).toBe(3);
});

test('a repair is looked at, then made', async () => {
  const { picker, settled } = pick(['rows.jsonl', `${params('a')}${params('a')}`]);
  const { files } = await settled();
  const key = files[0]?.key ?? '';
  const seen = await picker.preview(key, [{ kind: 'unique_ids' }], new AbortController().signal, () => {});
  expect(seen.report).toMatchObject({ changed: 1, dropped: 0 });
  expect((await settled()).summary?.errors).toBe(1);
  picker.repair(key, [{ kind: 'unique_ids' }], seen);
  expect((await settled()).summary?.errors).toBe(0);
  const [bundle] = await picker.bundles();
  expect(bundle?.sha256).toBe(shaOf(`${params('a')}${params('a-2')}`));
});

test('several files become one, with a prefix where ids clash', async () => {
  const { picker, settled } = pick(
    ['a.jsonl', params('x').trim()],
    ['b.jsonl', params('x')],
    ['c.jsonl', params('y')],
  );
  const { whole, summary, file } = await settled();
  expect(whole?.clashes.map(({ count }) => count)).toEqual([0, 1, 0]);
  expect(summary).toMatchObject({ requests: 3, errors: 0 });
  expect(file?.size).toBe(whole?.blob?.size);
  const bundles = await picker.bundles();
  expect(bundles.map(({ fileName }) => fileName)).toEqual(['a-and-2-more.jsonl']);
  expect(await bundles[0]?.body.text()).toBe(`${params('x')}${params('b-x')}${params('y')}`);
});

test('several files become one each', async () => {
  const { picker, settled } = pick(['a.jsonl', params('x')], ['b.jsonl', params('x')]);
  picker.become('each');
  expect((await settled()).summary).toMatchObject({ requests: 2, errors: 0 });
  expect((await picker.bundles()).map(({ stem }) => stem)).toEqual(['a', 'b']);
});

test('limits hold for the whole where several become one, and for each where they do not', async () => {
  const { picker, settled } = pick(['a.jsonl', params('x')], ['b.jsonl', params('y')]);
  picker.setRules({ ...anyTarget, limits: { requests: 1, bytes: null } });
  expect((await settled()).summary?.codes).toEqual({ too_many_requests: 1 });
  picker.become('each');
  expect((await settled()).summary?.errors).toBe(0);
});

test('nothing is put together while one of them has an error', async () => {
  const { picker, settled } = pick(['a.jsonl', params('x')], ['b.jsonl', 'nonsense']);
  const { whole, summary, files } = await settled();
  expect([whole, summary?.errors]).toEqual([null, 1]);
  picker.remove(files[1]?.key ?? '');
  expect((await settled()).summary).toMatchObject({ requests: 1, errors: 0 });
});

test('what the server finds is shown at the file it is of', async () => {
  const { picker, settled } = pick(['a.jsonl', params('x')]);
  await settled();
  const findings = [{ line: 1, column: 1, severity: 'error', code: 'invalid_json', message: 'no' }] as const;
  await picker.hear(shaOf(params('x')), {
    errors: 1,
    warnings: 0,
    codes: { invalid_json: 1 },
    findings: [...findings],
  });
  expect((await settled()).summary).toMatchObject({ requests: 1, errors: 1 });
});

test('what is no text says so', async () => {
  const { settled } = pick(['a.gz', '\u001f\ufffd']);
  expect((await settled()).state).toBe('done');
  const empty = pick(['a.jsonl', '']);
  expect(await empty.settled()).toMatchObject({ state: 'failed', error: 'The file is empty.' });
});

test('prefixes are short, plain and all different', () => {
  expect(
    prefixesFor(['Reviews Nov.jsonl', 'reviews nov.jsonl', '日本.jsonl', 'a/b.jsonl', 'Reviews-Nov.txt']),
  ).toEqual(['Reviews-Nov-', 'reviews-nov-', 'file3-', 'a-b-', 'Reviews-Nov-5-']);
});
