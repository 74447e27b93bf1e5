import { expect, test } from 'vitest';
import { withoutEcho } from './without-echo.ts';

const secret = 'path/like+key-42';

test('results of any length come through byte for byte', async () => {
  for (const length of [0, 10, 65_535, 65_536, 65_537, 300_000]) {
    const bytes = Buffer.alloc(length, 'é\n{"\ud83d');
    const answer = await withoutEcho(new Response(pieces(bytes)), [secret]);
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes), `${length}`).toBe(true);
  }
});

test('a key is hidden as JSON spells it, slashes escaped or not', async () => {
  for (const status of [200, 401]) {
    const body = `{"error":"no ${secret} ${secret.replaceAll('/', '\\/')}"}`;
    const answer = await withoutEcho(new Response(body, { status }), [secret]);
    expect(await answer.json()).toEqual({ error: 'no [key] [key]' });
  }
});

test('a header that repeats the key is left out, the others stay', async () => {
  const headers = {
    'retry-after': '7',
    'x-debug': `key=${encodeURIComponent(secret)}`,
    'content-type': 'text/plain',
  };
  for (const status of [200, 204, 401]) {
    const body = status === 204 ? null : 'x';
    const answer = await withoutEcho(new Response(body, { status, headers }), [secret]);
    expect(Object.fromEntries(answer.headers)).toEqual({ 'retry-after': '7', 'content-type': 'text/plain' });
  }
});

test('a success that breaks off is no short success', async () => {
  const body = new ReadableStream<Uint8Array>({
    pull(to) {
      to.enqueue(Buffer.from('{"id":'));
      to.error(new Error('cut'));
    },
  });
  await expect(withoutEcho(new Response(body), [secret])).rejects.toThrow('cut');
});

function pieces(bytes: Uint8Array): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    pull(to) {
      if (at >= bytes.length) return to.close();
      to.enqueue(bytes.slice(at, at + 9_999));
      at += 9_999;
    },
  });
}
