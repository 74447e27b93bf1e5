import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { anyTarget } from '#lib/jsonl/line-rules';
import { checkFile } from './check-file.ts';
import { hashFile } from './hash-file.ts';

const lines = Array.from({ length: 5_000 }, (_, i) => `{"custom_id":"r${i}","params":{"model":"m"}}\n`).join(
  '',
);

test('a file is judged by the rules of its target', async () => {
  const told: number[] = [];
  const blob = new Blob([lines]);
  const summary = await checkFile(blob, anyTarget, (bytes) => told.push(bytes));
  expect(summary).toMatchObject({ requests: 5_000, errors: 0, dialect: 'params' });
  expect(told.at(-1)).toBe(lines.length);
  const openai = await checkFile(blob, { ...anyTarget, lines: 'openai' }, () => {});
  expect(openai.codes).toEqual({ wrong_dialect: 5_000 });
});

test('a file is hashed piece by piece', async () => {
  const sha256 = createHash('sha256').update(lines).digest('hex');
  expect(await hashFile(new Blob([lines]), () => {})).toBe(sha256);
});

test('what is no text is refused in words', async () => {
  const refusal = (bytes: Uint8Array<ArrayBuffer>) => checkFile(new Blob([bytes]), anyTarget, () => {});
  await expect(refusal(new Uint8Array())).rejects.toThrow('The file is empty.');
  await expect(refusal(Uint8Array.of(0x1f, 0x8b, 8))).rejects.toThrow('gzip');
});
