import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { checkFile } from './check-file.ts';

const lines = Array.from({ length: 5_000 }, (_, i) => `{"custom_id":"r${i}","params":{"model":"m"}}\n`).join(
  '',
);

test('a file is judged and hashed in one reading', async () => {
  const told: number[] = [];
  const { summary, sha256 } = await checkFile(new Blob([lines]), (bytes) => told.push(bytes));
  expect(summary).toMatchObject({ requests: 5_000, errors: 0, dialect: 'params' });
  expect(sha256).toBe(createHash('sha256').update(lines).digest('hex'));
  expect(told.at(-1)).toBe(lines.length);
});

test('what is no text is refused in words', async () => {
  const refusal = (bytes: Uint8Array<ArrayBuffer>) => checkFile(new Blob([bytes]), () => {});
  await expect(refusal(new Uint8Array())).rejects.toThrow('The file is empty.');
  await expect(refusal(Uint8Array.of(0x1f, 0x8b, 8))).rejects.toThrow('gzip');
});
