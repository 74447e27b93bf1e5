import { expect, test } from 'vitest';
import { readRequestLines } from '#lib/files/read-lines';
import type { BatchFile } from '#lib/model/file';
import { testContext } from '#lib/test-context';
import { planParts } from './plan-parts.ts';

const bom = '\uFEFF';

async function planned(text: string, limits: { maxRequests?: number; maxBytes?: number }) {
  const ctx = await testContext();
  const blobKey = 'files/plan';
  const bytes = Buffer.from(text);
  await ctx.blobs.put(
    blobKey,
    (async function* () {
      for (let at = 0; at < bytes.length; at += 7) yield bytes.subarray(at, at + 7);
    })(),
  );
  const whole = await Array.fromAsync(readRequestLines(ctx.blobs, blobKey), (line) =>
    String(Buffer.from(line)),
  );
  const file = { requests: whole.length, bytes: bytes.length } as BatchFile;
  const parts = await planParts(
    ctx,
    { file, blobKey },
    { maxRequests: limits.maxRequests ?? null, maxBytes: limits.maxBytes ?? null },
  );
  const lines = await Promise.all(
    parts.map(({ firstByte, lastByte }) =>
      Array.fromAsync(
        readRequestLines(
          ctx.blobs,
          blobKey,
          firstByte === null || lastByte === null
            ? undefined
            : { offset: firstByte, length: lastByte - firstByte + 1 },
        ),
        (line) => String(Buffer.from(line)),
      ),
    ),
  );
  return { parts, lines, whole };
}

test('a file within the limits is one part and the whole file', async () => {
  const { parts } = await planned('{"a":1}\n{"a":2}\n', { maxRequests: 2, maxBytes: 16 });
  expect(parts).toEqual([{ first: 1, last: 2, firstByte: null, lastByte: null }]);
});

test.each([
  ['plain', '{"a":1}\n{"a":2}\n{"a":3}\n{"a":4}\n{"a":5}\n'],
  [
    'with blank lines, carriage returns and no last line end',
    '{"a":1}\r\n\r\n{"a":2}\n \n{"a":3}\n\n\n{"a":4}',
  ],
  [
    'with a byte order mark and line separators in strings',
    `${bom}{"a":"é\u2028"}\n{"a":"日本"}\n\n{"a":3}\n`,
  ],
])('the parts of a file %s hold its lines once each, in order, byte for byte', async (_, text) => {
  for (const limits of [
    { maxRequests: 1 },
    { maxRequests: 2 },
    { maxBytes: 20 },
    { maxRequests: 3, maxBytes: 17 },
  ]) {
    const { parts, lines, whole } = await planned(text, limits);
    expect(lines.flat()).toEqual(whole);
    let next = 1;
    for (const [n, { first, last }] of parts.entries()) {
      expect([first, last - first + 1]).toEqual([next, lines[n]?.length]);
      expect(last - first + 1).toBeLessThanOrEqual(limits.maxRequests ?? Number.POSITIVE_INFINITY);
      const bytes = (lines[n] ?? []).reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0);
      expect(bytes).toBeLessThanOrEqual(limits.maxBytes ?? Number.POSITIVE_INFINITY);
      next = last + 1;
    }
    expect(next).toBe(whole.length + 1);
  }
});

test('a request that fits in no batch is named', async () => {
  const plan = planned('{"a":1}\n{"a":"much too long for this"}\n', { maxBytes: 12 });
  await expect(plan).rejects.toMatchObject({
    code: 'too_large',
    message: expect.stringContaining('Request 2'),
  });
});

test('limits so small that a file would fall to dust are refused', async () => {
  const lines = Array.from({ length: 1_001 }, () => '{"a":1}\n').join('');
  await expect(planned(lines, { maxRequests: 1 })).rejects.toMatchObject({ code: 'too_large' });
});
