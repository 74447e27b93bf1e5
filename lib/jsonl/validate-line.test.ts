import { expect, test } from 'vitest';
import { bytes, found, joinedBytes, openai, params, validate } from './validate-kit.ts';

test.each<[string, string[]]>([
  ['{"custom_id":"a","params":{"model":"m"}', ['1:40 invalid_json']],
  ['{"custom_id":"日😀","params":{"model":}}', ['1:37 invalid_json']],
  [`${params('a')}\r{}`, ['1:42 invalid_json']],
  [`${params('a')},`, ['1:41 invalid_json']],
  ['{"a":01}', ['1:6 invalid_json']],
  ['{"a":"\t"}', ['1:7 invalid_json']],
  ['{"a":"\\x"}', ['1:7 invalid_json']],
  ['{"a":"b}', ['1:6 invalid_json']],
  ["{'a':1}", ['1:2 invalid_json']],
  ['{"a":NaN}', ['1:6 invalid_json']],
  ['{"a":1,}', ['1:8 invalid_json']],
  ['\u00a0{}', ['1:1 invalid_json']],
  ['hello', ['1:1 invalid_json']],
  ['  [1]', ['1:3 not_an_object']],
  ['null', ['1:1 not_an_object']],
  ['{"params":{"model":"m"}}', ['1:1 missing_custom_id']],
  ['{"custom_id":7,"params":{"model":"m"}}', ['1:14 invalid_custom_id']],
  ['{"custom_id":null,"params":{"model":"m"}}', ['1:14 invalid_custom_id']],
  [params(''), ['1:14 invalid_custom_id']],
  [params('é'.repeat(129)), ['1:14 invalid_custom_id']],
  [params('é'.repeat(128)), []],
  [params('\\ud800'), ['1:14 invalid_custom_id', '1:15 lone_surrogate']],
  [params('\\u0000'), ['1:14 invalid_custom_id']],
  [params('x'.repeat(65)), []],
  ['{"custom_id":"a","params":{}}', ['1:27 missing_model']],
  ['{"custom_id":"a","params":{"model":""}}', ['1:36 missing_model']],
  ['{"custom_id":"a","params":{"model":5}}', ['1:36 missing_model']],
  ['{"custom_id":"a","params":[]}', ['1:27 missing_body']],
  ['{"custom_id":"a"}', ['1:1 missing_body']],
  ['{"custom_id":"a","method":"POST","url":"/v1/chat/completions"}', ['1:1 missing_body']],
  [
    '{"custom_id":"a","method":"GET","url":"/v1/chat/completions","body":{"model":"m"}}',
    ['1:27 missing_body'],
  ],
  ['{"custom_id":"a","method":"POST","body":{"model":"m"}}', ['1:1 missing_body']],
  [params('a', ',"stream":true'), ['1:49 stream_not_allowed']],
  [params('a', ',"stream":false'), []],
  [`{"custom_id":"a","params":{"model":"m"},"body":{"model":"m"}}`, ['1:48 mixed_dialects']],
  [`{"custom_id":"a","custom_id":"b","params":{"model":"m"}}`, ['1:18 duplicate_key']],
  [`{"custom_id":"a","custom\\u005fid":"b","params":{"model":"m"}}`, ['1:18 duplicate_key']],
  [`{"custom_id":"a", "x" : 1 , "x" : 2,"params":{"model":"m"}}`, ['1:29 duplicate_key']],
  [`{"custom_id":"a","params":{"model":"n"},"params":{"model":"m"}}`, ['1:41 duplicate_key']],
  [params('a', ',"model":"m"'), ['1:40 duplicate_key']],
  [params('a', ',"custom_id":1,"custom_id":1'), ['1:54 duplicate_key']],
  [params('a', ',"top_p":1,"top_p":1'), ['1:50 duplicate_key']],
  [params('a', ',"messages":[{"role":"user","role":"user"}]'), ['1:67 duplicate_key']],
  [params('a', ',"seed":9007199254740993'), ['1:47 unsafe_number']],
  [params('a', ',"seed":9007199254740992'), []],
  [params('a', ',"seed":-1e400'), ['1:47 unsafe_number']],
  [params('a', ',"t":1.0,"s":"9007199254740993"'), []],
  [params('a', ',"x":"\\ud83d"'), ['1:45 lone_surrogate']],
  [params('a', ',"x":"\\ud83d\\ude00 \\\\ud83d"'), []],
  [params('a', ',"\\udc00":1'), ['1:41 lone_surrogate']],
  [params('a', ',"x":"a\u2028b\u2029c"'), []],
  [params('a', ',"x":"\\"}:{[\\\\"'), []],
])('%s → %j', (line, expected) => {
  expect(found(line)).toEqual(expected);
  const before = line.includes('"method"') ? openai('first') : params('first');
  expect(found(`${before}\n${line}\n`)).toEqual(expected.map((text) => text.replace(/^1/, '2')));
});

test('bytes that are not UTF-8 are named with their character', () => {
  const inside = (...bad: number[]) => joinedBytes('{"custom_id":"é😀', bad, '","params":{"model":"m"}}');
  for (const bad of [[0xff], [0xc3], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf5], [0xe2, 0x28], [0x80]]) {
    expect(found(inside(...bad))).toEqual(['1:17 invalid_utf8']);
  }
  expect(found(joinedBytes(params('a'), '\n', [0xe6, 0x97]))).toEqual(['2:1 invalid_utf8']);
});

test('a NUL byte is named', () => {
  expect(found(joinedBytes('{"custom_id":"a', [0], 'b"}'))).toEqual(['1:16 nul_byte']);
  expect(found(params('a', ',"x":"\\u0000"'))).toEqual([]);
});

test('a byte order mark counts once and not as a column', () => {
  expect(found(`\ufeff${params('a')}\n${params('b')}`)).toEqual(['1:1 bom']);
  expect(found(`\ufeff7`)).toEqual(['1:1 bom', '1:1 not_an_object']);
  expect(found(`${params('a')}\n\ufeff${params('b')}`)).toEqual(['2:1 invalid_json']);
});

test('a key that stands twice is an error only where two readers would see another request', () => {
  const severity = (line: string) => validate(line).findings[0]?.severity;
  expect(severity(params('a', ',"model":"m"'))).toBe('error');
  expect(severity(`{"custom_id":"a","custom_id":"b","params":{"model":"m"}}`)).toBe('error');
  expect(severity(params('a', ',"top_p":1,"top_p":1'))).toBe('warning');
  expect(validate(params('a', ',"x":{"y":1,"y":2}'))).toMatchObject({ errors: 0, warnings: 1 });
});

test("a connection's own rule for ids is shown as it is", () => {
  const { findings } = validate(params('a b'), { customIdPattern: '^[a-zA-Z0-9_-]{1,64}$' });
  expect(findings[0]?.message).toBe('Line 1, column 14: `custom_id` must match ^[a-zA-Z0-9_-]{1,64}$ here.');
});

test("no line asks for more tokens than the model's limit, where it is known", () => {
  const outputTokens = { m: 8_192 };
  expect(found(params('a', ',"max_tokens":8192'), { outputTokens })).toEqual([]);
  expect(found(params('a', ',"max_tokens":8193'), { outputTokens })).toEqual(['1:53 max_tokens_too_high']);
  const completions = params('a', ',"max_completion_tokens":9000').replace('"m"', '"m2"');
  expect(found(completions, { outputTokens })).toEqual([]);
  expect(found(completions.replace('m2', 'm'), { outputTokens })).toEqual(['1:64 max_tokens_too_high']);
  expect(found(params('a', ',"max_tokens":1e9').replace('"m"', '"__proto__"'), { outputTokens })).toEqual([]);
});

test('a finding says where its line stands and what stands around it', () => {
  const line = `{"custom_id":7,"params":{"model":"m","x":"${'日'.repeat(100)}"}}`;
  const [finding] = validate(`\ufeff${line}\r\n`).findings;
  expect(finding?.code).toBe('bom');
  const { findings } = validate(`\ufeff${params('a')}\n😀${line}\r\n`);
  const second = findings.find(({ code }) => code === 'invalid_json');
  expect(second?.place).toEqual({ offset: 3 + 40 + 1, bytes: bytes(`😀${line}`).length });
  expect(second?.snippet).toEqual({ before: '', at: '😀', after: `${line.slice(0, 64)}…` });
  const [hidden] = validate(`{"custom_id":"a\u202eb","params":{}}`).findings;
  expect(hidden?.snippet?.before).toContain('a\\u202eb');
});

test('nesting is taken to 512 levels and not one more', () => {
  const nested = (levels: number) => params('a', `,"x":${'['.repeat(levels)}${']'.repeat(levels)}`);
  expect(found(nested(510))).toEqual([]);
  expect(found(nested(511))).toEqual(['1:554 too_deep']);
  expect(found(nested(1_000_000))).toEqual(['1:554 too_deep']);
  expect(found('['.repeat(1_000_000))).toEqual(['1:513 too_deep']);
});

test('a million keys are read', () => {
  const keys = Array.from({ length: 1_000_000 }, (_, i) => `"k${i}":1`).join(',');
  expect(found(`{"custom_id":"a","params":{"model":"m",${keys}}}`)).toEqual([]);
}, 60_000);

test('a hostile id is shown harmless', () => {
  const { findings } = validate(`${params('a\u202eb\\nc')}\n${params('a\u202eb\\nc')}`);
  expect(findings[0]?.message).toContain('(`a\\u202eb\\u000ac`)');
});
