import { expect, test } from 'vitest';
import { downloadPart } from './download-part.ts';

const text = '0123456789';
const file = {
  name: 'a.txt',
  type: 'text/plain',
  body: bytes(text),
  whole: {
    measure: async () => ({ bytes: text.length, sha256: 'abc' }),
    part: ({ from, to }: { from: number; to: number }) => bytes(text.slice(from, to)),
  },
};

async function* bytes(of: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(of);
}

async function ask(headers: Record<string, string>, of = file) {
  const response = await downloadPart(new Request('http://x/', { headers }), { ...of, body: bytes(text) });
  return [response.status, response.headers.get('content-range'), await response.text()];
}

const asked: [string, number, string | null, string][] = [
  ['bytes=0-3', 206, 'bytes 0-3/10', '0123'],
  ['bytes=4-', 206, 'bytes 4-9/10', '456789'],
  ['bytes=-3', 206, 'bytes 7-9/10', '789'],
  ['bytes=8-99', 206, 'bytes 8-9/10', '89'],
  ['bytes=-99', 206, 'bytes 0-9/10', text],
  ['bytes=10-', 416, 'bytes */10', ''],
  ['bytes=-0', 416, 'bytes */10', ''],
  ['bytes=5-4', 200, null, text],
  ['bytes=0-1,4-5', 200, null, text],
  ['lines=1-2', 200, null, text],
];

test.each(asked)('%s answers %i', async (range, status, told, body) => {
  expect(await ask({ range })).toEqual([status, told, body]);
});

test('a part of another version is not sent', async () => {
  expect(await ask({ range: 'bytes=0-3', 'if-range': '"abc"' })).toEqual([206, 'bytes 0-3/10', '0123']);
  expect(await ask({ range: 'bytes=0-3', 'if-range': '"old"' })).toEqual([200, null, text]);
});

test('what may still change is sent whole, without a measure', async () => {
  const response = await downloadPart(new Request('http://x/', { headers: { range: 'bytes=0-3' } }), {
    ...file,
    whole: null,
  });
  expect([response.status, response.headers.get('etag'), response.headers.get('x-content-bytes')]).toEqual([
    200,
    null,
    null,
  ]);
});

test('a whole tells its length and hash', async () => {
  const { headers } = await downloadPart(new Request('http://x/'), file);
  expect(headers.get('x-content-bytes')).toBe('10');
  expect(headers.get('x-content-sha256')).toBe('abc');
  expect(headers.get('cache-control')).toBe('private, no-store, no-transform');
});
