import { describe, expect, it } from 'vitest';
import { readMultipart } from './multipart.ts';

const type = 'multipart/form-data; boundary="x-1"';
const body = Buffer.from(
  [
    'a preamble nobody reads',
    '--x-1',
    'content-disposition: form-data; name="purpose"',
    '',
    'batch',
    '--x-1',
    'Content-Disposition: form-data; filename="a \\"b\\".jsonl"; name="file"',
    'Content-Type: text/plain',
    '',
    'one\r\n--x-\r\ntwo ü\r\n',
    '--x-1',
    'Content-Disposition: form-data; name=empty',
    '',
    '',
    '--x-1--',
    'an epilogue',
  ].join('\r\n'),
);

async function* pieces(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(bytes: Uint8Array, size: number) {
  const found: Record<string, string> = {};
  const names = new Map<string, string | null>();
  for await (const { part, bytes: piece } of readMultipart(pieces(bytes, size), type)) {
    names.set(part.name, part.filename);
    found[part.name] = (found[part.name] ?? '') + Buffer.from(piece).toString('latin1');
  }
  return { found, names: [...names] };
}

describe('a form in parts', () => {
  it.each([1, 2, 3, 7, 64, 10_000])('is the same in pieces of %d bytes', async (size) => {
    const { found, names } = await read(body, size);
    expect(found).toEqual({
      purpose: 'batch',
      file: Buffer.from('one\r\n--x-\r\ntwo ü\r\n').toString('latin1'),
      empty: '',
    });
    expect(names).toEqual([
      ['purpose', null],
      ['file', 'a "b".jsonl'],
      ['empty', null],
    ]);
  });

  it.each([1, 64])('is refused when it ends before its last boundary, in pieces of %d', async (size) => {
    const cut = body.subarray(0, body.indexOf('--x-1--') + 5);
    await expect(read(cut, size)).rejects.toThrow('well-formed');
  });
});
