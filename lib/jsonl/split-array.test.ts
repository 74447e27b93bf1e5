import { expect, test } from 'vitest';
import { splitRequests } from './split-array.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (value: Uint8Array) => new TextDecoder().decode(value);

async function* pieces(whole: Uint8Array, ...cuts: number[]) {
  let from = 0;
  for (const cut of [...cuts, whole.length]) {
    yield whole.slice(from, cut);
    from = cut;
  }
}

async function split(document: string, ...cuts: number[]) {
  const stream = splitRequests(pieces(bytes(document), ...cuts));
  const elements = await Array.fromAsync(stream, text);
  return { elements, members: Object.fromEntries(stream.members) };
}

const awkward =
  ' {"model":"m","n" : [1,{"requests":[2]}], "requests" :[ {"custom_id":"a]}","x":"\\"\\\\"},\n[1,[2]] ,3, "é\\u2028,😀" , true,{}]\r\n,"last":null , "window":"24h" } \n';
const expected = {
  elements: ['{"custom_id":"a]}","x":"\\"\\\\"}', '[1,[2]]', '3', '"é\\u2028,😀"', 'true', '{}'],
  members: { model: 'm', n: [1, { requests: [2] }], last: null, window: '24h' },
};

test('the requests come out byte for byte, the rest is at hand afterwards', async () => {
  expect(await split(awkward)).toEqual(expected);
});

test('where chunks are cut changes nothing', async () => {
  const { length } = bytes(awkward);
  for (let a = 0; a <= length; a += 1) {
    expect(await split(awkward, a)).toEqual(expected);
    expect(await split(awkward, a, Math.min(a + 1, length))).toEqual(expected);
  }
  expect(await split(awkward, ...Array.from({ length }, (_, i) => i))).toEqual(expected);
});

test('no requests at all is an empty array', async () => {
  expect(await split('{"requests":[]}')).toEqual({ elements: [], members: {} });
});

test('names like __proto__ are data', async () => {
  const stream = splitRequests(pieces(bytes('{"__proto__":{"x":1},"requests":[]}')));
  expect(await Array.fromAsync(stream)).toEqual([]);
  expect(stream.members.get('__proto__')).toEqual({ x: 1 });
  expect(({} as { x?: number }).x).toBeUndefined();
});

test.each([
  ['', 'Byte 0: The document ends before it is complete.'],
  ['[]', 'Byte 0: The document must be an object that starts with `{`, not `[`.'],
  ['{}', 'Byte 2: The document has no `requests` array.'],
  ['{"a":1}', 'Byte 7: The document has no `requests` array.'],
  ['{"requests":{}}', 'Byte 12: `requests` must be an array, not `{`.'],
  ['{"requests":[1', 'Byte 14: The document ends before it is complete.'],
  ['{"requests":[1]', 'Byte 15: The document ends before it is complete.'],
  ['{"requests":["abc', 'Byte 17: The document ends before it is complete.'],
  ['{"requests":[,]}', 'Byte 13: A request must stand here, not `,`.'],
  ['{"requests":[1,]}', 'Byte 15: A request must stand here, not `]`.'],
  ['{"requests":[1 2]}', 'Byte 15: A comma or `]` must follow the request, not `2`.'],
  ['{"requests":[]} x', 'Byte 16: Nothing may follow the document, but `x` does.'],
  ['{"requests":[],}', 'Byte 15: A member name in quotes must stand here, not `}`.'],
  ['{"requests" []}', 'Byte 12: A colon must follow the member name, not `[`.'],
  ['{"requests":[],"requests":[]}', 'Byte 26: `requests` appears twice.'],
  ['{"a":1,"a":2,"requests":[]}', 'Byte 11: `a` appears twice.'],
  ['{"a":tru,"requests":[]}', 'Byte 5: `a` is not valid JSON.'],
  ['\ufeff{"requests":[]}', 'Byte 0: The document must be an object that starts with `{`, not byte 0xef.'],
])('%j is refused with the place', async (document, message) => {
  await expect(split(document)).rejects.toThrow(message);
  const everyByte = Array.from(bytes(document), (_, i) => i);
  await expect(split(document, ...everyByte)).rejects.toThrow(message);
});

test('what is too large is refused without being held', async () => {
  let given = 0;
  async function* endless(start: string) {
    yield bytes(start);
    for (given = 0; given < 10_000; given++) yield bytes('x'.repeat(1_000));
  }
  await expect(Array.fromAsync(splitRequests(endless('{"note":"')))).rejects.toThrow('`note` is too large.');
  expect(given).toBeLessThan(1_100);
  const small = { maxElementBytes: 5_000 };
  await expect(Array.fromAsync(splitRequests(endless('{"requests":["'), small))).rejects.toThrow(
    'A request is too large.',
  );
  expect(given).toBeLessThan(10);
});

test('deep nesting inside a request costs no stack', async () => {
  const deep = '['.repeat(1_000_000) + ']'.repeat(1_000_000);
  expect((await split(`{"requests":[${deep}]}`)).elements).toEqual([deep]);
});

test('the source is closed when the reader stops early', async () => {
  let closed = false;
  async function* source() {
    try {
      yield bytes('{"requests":[1,2,3');
      yield bytes(']}');
    } finally {
      closed = true;
    }
  }
  for await (const _ of splitRequests(source())) break;
  expect(closed).toBe(true);
});
