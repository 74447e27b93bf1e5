import { expect, test } from 'vitest';
import { anyTarget } from '#lib/jsonl/line-rules';
import { makeFile, seeded } from '#lib/jsonl/oracle-kit';
import { repaired } from '#lib/jsonl/repair-kit';
import type { Repair } from '#lib/model/repair';
import { repairBlob } from './repair-blob.ts';

const repairs: Repair[][] = [
  [{ kind: 'drop_bad_lines' }],
  [{ kind: 'unique_ids' }, { kind: 'add_ids' }],
  [{ kind: 'newlines' }],
  [{ kind: 'set_parameter', name: 'max_tokens', json: '9' }],
  [
    {
      kind: 'edit_lines',
      lines: [
        { line: 3, text: 'x' },
        { line: 5, text: null },
      ],
    },
  ],
];

test('a file put together of slices is the file that was repaired byte by byte', async () => {
  for (let seed = 1; seed <= 60; seed++) {
    const { bytes, rules } = makeFile(seeded(seed));
    for (const list of repairs) {
      const { blob, report } = await repairBlob(new Blob([bytes as BlobPart]), list, rules, () => {});
      const expected = repaired(bytes, list, rules);
      expect(Buffer.from(await blob.arrayBuffer()).equals(expected.bytes), `seed ${seed}`).toBe(true);
      expect(report).toEqual(expected.report);
    }
  }
});

test('a large file is sliced around what changes', async () => {
  const line = (i: number) => `{"custom_id":"r${i}","params":{"model":"m","x":"${'y'.repeat(900)}"}}\r\n`;
  const text = Array.from({ length: 2_000 }, (_, i) => line(i % 1_500)).join('');
  const told: number[] = [];
  const { blob, report } = await repairBlob(new Blob([text]), [{ kind: 'unique_ids' }], anyTarget, (bytes) =>
    told.push(bytes),
  );
  expect(report).toMatchObject({ lines: 2_000, changed: 500, dropped: 0 });
  expect(Buffer.from(await blob.arrayBuffer()).equals(repaired(text, [{ kind: 'unique_ids' }]).bytes)).toBe(
    true,
  );
  expect(told.at(-1)).toBe(text.length);
});
