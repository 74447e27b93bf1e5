import { expect, test } from 'vitest';
import { rangedDownload } from './ranged.ts';

const whole = 'abcdefghij';
const file = {
  name: 'a.jsonl',
  type: 'application/x-ndjson',
  bytes: whole.length,
  sha256: 'f'.repeat(64),
  async *read(span = { offset: 0, length: whole.length }) {
    yield Buffer.from(whole.slice(span.offset, span.offset + span.length));
  },
};
const etag = `"${file.sha256}"`;

async function ask(headers: Record<string, string>) {
  const response = rangedDownload(new Request('http://localhost/', { headers }), file);
  const text = response.status < 300 ? await response.text() : '';
  return [response.status, response.headers.get('content-range'), text];
}

test.each<[string, Record<string, string>, (string | number | null)[]]>([
  ['nothing', {}, [200, null, whole]],
  ['a span', { range: 'bytes=2-4' }, [206, 'bytes 2-4/10', 'cde']],
  ['one byte', { range: 'bytes=0-0' }, [206, 'bytes 0-0/10', 'a']],
  ['the rest', { range: 'bytes=7-' }, [206, 'bytes 7-9/10', 'hij']],
  ['more than there is', { range: 'bytes=7-99' }, [206, 'bytes 7-9/10', 'hij']],
  ['the end', { range: 'bytes=-3' }, [206, 'bytes 7-9/10', 'hij']],
  ['a longer end than there is', { range: 'bytes=-99' }, [206, 'bytes 0-9/10', whole]],
  ['a span of this version', { range: 'bytes=8-', 'if-range': etag }, [206, 'bytes 8-9/10', 'ij']],
  ['a span of another version', { range: 'bytes=8-', 'if-range': '"other"' }, [200, null, whole]],
  ['a span of a day', { range: 'bytes=8-', 'if-range': 'Wed, 21 Oct 2026 07:28:00 GMT' }, [200, null, whole]],
  ['several spans', { range: 'bytes=0-1,4-5' }, [200, null, whole]],
  ['a span that runs backwards', { range: 'bytes=5-2' }, [200, null, whole]],
  ['another unit', { range: 'lines=1-2' }, [200, null, whole]],
  ['no numbers', { range: 'bytes=-' }, [200, null, whole]],
  ['a span behind the end', { range: 'bytes=10-' }, [416, 'bytes */10', '']],
  ['an empty end', { range: 'bytes=-0' }, [416, 'bytes */10', '']],
])('asked for %s', async (_, headers, expected) => {
  expect(await ask(headers)).toEqual(expected);
});

test('every answer says what it is of', () => {
  for (const headers of [{}, { range: 'bytes=1-2' }] as Record<string, string>[]) {
    const answer = rangedDownload(new Request('http://localhost/', { headers }), file);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      etag,
      'accept-ranges': 'bytes',
      'x-content-bytes': '10',
      'content-disposition': 'attachment; filename="a.jsonl"',
      'cache-control': 'private, no-store, no-transform',
    });
  }
});
