import { expect, test } from 'vitest';
import { createLineSplitter } from './split-lines.ts';
import { createValidator } from './validate.ts';

/** Files are made of lines whose fate is known beforehand, so nothing here reads JSON. */
type Made = { bytes: number[]; codes: string[] };
type Random = (below: number) => number;

const encode = (text: string) => [...new TextEncoder().encode(text)];

function seeded(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const fillers = [
  'plain',
  'q\\"uote',
  '\u2028',
  '日本語',
  '😀',
  '\\u00e9',
  '\\\\',
  '}{][:,',
  '\\ud83d\\ude00',
  ' ',
];

function line(id: string, random: Random): Made {
  const filler = Array.from({ length: random(6) }, () => fillers[random(fillers.length)]).join('');
  const gap = random(3) === 0 ? ' ' : '';
  const good = (more = '', head = '', key = JSON.stringify(id)) =>
    `{${gap}"custom_id"${gap}:${gap}${key}${head},"params":{"model":"m","messages":[{"role":"user","content":"${filler}"}]${more}}${gap}}`;
  const made = (text: string, ...codes: string[]): Made => ({ bytes: encode(text), codes });
  const kinds: (() => Made)[] = [
    () => made(good()),
    () => made(good()),
    () => made(good()),
    () => made(good(',"n":[1,2.5,-3e4,true,null]')),
    () => made(good(',"seed":12345678901234567890'), 'unsafe_number'),
    () => made(good(',"x":"\\udc01"'), 'lone_surrogate'),
    () => made(good('', ',"custom_id":"y"', '"x"').replace('"y"', JSON.stringify(id)), 'duplicate_key'),
    () => made(good(',"stream":true'), 'stream_not_allowed'),
    () => made(good().replace('"model":"m",', ''), 'missing_model'),
    () => made(good('', '', '17'), 'invalid_custom_id'),
    () => made(good('', '', `"${'i'.repeat(257)}"`), 'invalid_custom_id'),
    () => made(good().slice(0, -1), 'invalid_json'),
    () => made(`${good()}}`, 'invalid_json'),
    () => made('"text"', 'not_an_object'),
    () => made('', 'blank_line'),
    () => made(' \t', 'blank_line'),
    () => made('{"custom_id":"only"}'.replace('only', id), 'missing_body'),
    () => ({ bytes: [...encode('{"a":"'), 0xc3, 0x28, ...encode('"}')], codes: ['invalid_utf8'] }),
    () => ({ bytes: [...encode('{"a":"'), 0, ...encode('"}')], codes: ['nul_byte'] }),
    () => made(good(`,"d":${'['.repeat(600)}${']'.repeat(600)}`), 'too_deep'),
  ];
  return (kinds[random(kinds.length)] ?? kinds[0] ?? (() => made(good())))();
}

function file(random: Random): { bytes: Uint8Array; expected: string[] } {
  const all: number[] = [];
  const expected: string[] = [];
  const unreadable = new Set([
    'invalid_json',
    'not_an_object',
    'blank_line',
    'invalid_utf8',
    'nul_byte',
    'too_deep',
  ]);
  const firsts = new Map<string, number>();
  const count = 1 + random(30);
  let filled = false;
  if (random(8) === 0) {
    all.push(0xef, 0xbb, 0xbf);
    expected.push('1 bom');
  }
  for (let n = 1; n <= count; n++) {
    const id = `id-${random(60)}`;
    const { bytes, codes } = line(id, random);
    const last = n === count;
    const crlf = !last && random(6) === 0;
    if (last && bytes.length === 0) break;
    all.push(...bytes, ...(crlf ? [0x0d] : []), ...(last && random(2) === 0 ? [] : [0x0a]));
    for (const code of codes) expected.push(`${n} ${code}`);
    if (crlf) expected.push(`${n} crlf`);
    filled ||= codes[0] !== 'blank_line';
    if (codes.some((code) => unreadable.has(code)) || codes.includes('invalid_custom_id')) {
      const tooLong = 'i'.repeat(257);
      if (
        !codes.includes('invalid_custom_id') ||
        !new TextDecoder().decode(Uint8Array.from(bytes)).includes(tooLong)
      )
        continue;
      repeat(tooLong, n);
    } else repeat(id, n);
  }
  if (!filled) expected.push('1 no_requests');
  return { bytes: Uint8Array.from(all), expected: expected.sort() };

  function repeat(id: string, n: number) {
    const first = firsts.get(id);
    if (first === undefined) firsts.set(id, n);
    else expected.push(`${n} duplicate_custom_id`);
  }
}

test('five hundred made-up files are judged as they were made', () => {
  for (let seed = 1; seed <= 500; seed++) {
    const random = seeded(seed);
    const { bytes, expected } = file(random);
    const splitter = createLineSplitter();
    const validator = createValidator();
    for (let at = 0; at < bytes.length; ) {
      const next = at + 1 + random(200);
      splitter.push(bytes.subarray(at, next), (found) =>
        validator.line(found.bytes, found.line, found.offset),
      );
      at = next;
    }
    splitter.end((found) => validator.line(found.bytes, found.line, found.offset));
    const { findings } = validator.finish();
    const seen = findings.map((finding) => `${finding.line} ${finding.code}`).sort();
    expect(seen, `seed ${seed}:\n${new TextDecoder().decode(bytes)}`).toEqual(expected);
  }
});
