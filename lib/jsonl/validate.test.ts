import { expect, test } from 'vitest';
import type { LineRules } from './line-rules.ts';
import { createLineSplitter } from './split-lines.ts';
import { createValidator, type Summary } from './validate.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
type Options = Partial<LineRules> & { maxLineBytes?: number; step?: number };

function validate(file: string | Uint8Array, options: Options = {}): Summary {
  const whole = typeof file === 'string' ? bytes(file) : file;
  const splitter = createLineSplitter(options);
  const validator = createValidator(options);
  const step = options.step ?? Math.max(1, whole.length);
  const take = (line: { bytes: Uint8Array | null; line: number; offset: number }) =>
    validator.line(line.bytes, line.line, line.offset);
  for (let at = 0; at < whole.length; at += step) splitter.push(whole.subarray(at, at + step), take);
  splitter.end(take);
  return validator.finish();
}

const found = (file: string | Uint8Array, options: Options = {}) =>
  validate(file, options).findings.map(({ line, column, code }) => `${line}:${column} ${code}`);

const params = (id: string, more = '') => `{"custom_id":"${id}","params":{"model":"m"${more}}}`;
const openai = (id: string) =>
  `{"custom_id":"${id}","method":"POST","url":"/v1/chat/completions","body":{"model":"m"}}`;

function joinedBytes(...parts: (string | number[])[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => (typeof part === 'string' ? [...bytes(part)] : part)));
}

test('a good file has no findings and says what it holds', () => {
  expect(validate(`${params('a')}\n${params('b')}`)).toEqual({
    requests: 2,
    dialect: 'params',
    models: ['m'],
    endpoints: [],
    errors: 0,
    warnings: 0,
    codes: {},
    findings: [],
    lines: 2,
  });
  expect(validate(`${openai('a')}\n`)).toMatchObject({
    requests: 1,
    dialect: 'openai',
    endpoints: ['/v1/chat/completions'],
    errors: 0,
  });
});

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

test('CR LF and blank lines are all counted and a few are kept', () => {
  expect(found(`${params('a')}\r\n\n \t\n${params('b')}\r\n`)).toEqual([
    '1:41 crlf',
    '2:1 blank_line',
    '3:1 blank_line',
    '4:41 crlf',
  ]);
  const summary = validate(`${params('a')}\r\n`.replace('a', 'x') + '\n'.repeat(5_000));
  expect(summary).toMatchObject({ requests: 1, errors: 0, warnings: 5_001, lines: 5_001 });
  expect(summary.codes).toEqual({ crlf: 1, blank_line: 5_000 });
  expect(summary.findings).toHaveLength(4);
});

test('a thousand are kept, errors before warnings, and no code drowns another', () => {
  const warned = Array.from({ length: 2_000 }, (_, i) => params(`w${i}`, ',"seed":9007199254740993'));
  const few = Array.from({ length: 20 }, (_, i) => params(`f${i}`, ',"x":"\\ud83d"'));
  const text = [...warned, ...few, ...Array(3_000).fill('x'), '7'].join('\n');
  const { findings, codes, errors, warnings } = validate(text);
  expect(codes).toEqual({ unsafe_number: 2_000, lone_surrogate: 20, invalid_json: 3_000, not_an_object: 1 });
  expect([errors, warnings]).toEqual([3_001, 2_020]);
  const kept = (code: string) => findings.filter((finding) => finding.code === code);
  expect(findings).toHaveLength(1_000);
  expect(kept('unsafe_number').map(({ line }) => line)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(kept('lone_surrogate')).toHaveLength(10);
  expect(kept('not_an_object')).toHaveLength(1);
  expect(kept('invalid_json').at(-1)?.line).toBe(2_020 + 979);
});

test('a file without requests says so', () => {
  for (const empty of ['', '\n', ' \n\t\n', '\ufeff', '\r\n']) {
    expect(validate(empty).findings.find((finding) => finding.code === 'no_requests')).toMatchObject({
      line: 1,
      column: 1,
    });
  }
  expect(found('nonsense')).toEqual(['1:1 invalid_json']);
});

test('a repeated id is refused on the later line, naming both', () => {
  const lines = Array.from({ length: 1_203 }, (_, i) => params(`row-${i + 1}`));
  lines.push(`{"custom_id": "row-87","params":{"model":"m"}}`, params('row-87'));
  const { findings } = validate(lines.join('\n'));
  expect(findings).toEqual([
    {
      line: 1_204,
      column: 15,
      severity: 'error',
      code: 'duplicate_custom_id',
      message: 'Line 1,204, column 15: `custom_id` repeats line 87 (`row-87`).',
      customId: 'row-87',
      otherLine: 87,
      place: { offset: bytes(lines.slice(0, 1_203).join('\n')).length + 1, bytes: 46 },
      snippet: { before: '{"custom_id": ', at: '"', after: 'row-87","params":{"model":"m"}}' },
    },
    expect.objectContaining({ line: 1_205, otherLine: 87 }),
  ]);
});

test('ids are compared as they are: names of the language, forms of a letter, case', () => {
  const ids = [
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    '\u00e9',
    'e\u0301',
    'A',
    'a',
    '../../x',
  ];
  expect(found(ids.map((id) => params(id)).join('\n'))).toEqual([]);
  expect(found(['__proto__', '__proto__'].map((id) => params(id)).join('\n'))).toEqual([
    '2:14 duplicate_custom_id',
  ]);
  expect(found('{"__proto__":{"custom_id":"a"},"params":{"model":"m"}}')).toEqual(['1:1 missing_custom_id']);
  expect(({} as { custom_id?: string }).custom_id).toBeUndefined();
});

test('a hundred thousand different ids pass', () => {
  const lines = Array.from({ length: 100_000 }, (_, i) => params(`row-${i}`));
  expect(validate(lines.join('\n'))).toMatchObject({ requests: 100_000, errors: 0, warnings: 0 });
});

test("a connection's own rule for ids is shown as it is", () => {
  const { findings } = validate(params('a b'), { customIdPattern: '^[a-zA-Z0-9_-]{1,64}$' });
  expect(findings[0]?.message).toBe('Line 1, column 14: `custom_id` must match ^[a-zA-Z0-9_-]{1,64}$ here.');
});

test('what differs between lines is told where it first differs', () => {
  const other = params('b').replace('"m"', '"n"');
  expect(found([params('a'), other, params('c'), other.replace('"b"', '"d"')].join('\n'))).toEqual([
    '2:36 mixed_models',
  ]);
  expect(found([params('a'), openai('b'), openai('c')].join('\n'))).toEqual([
    '2:70 mixed_dialects',
    '3:70 mixed_dialects',
  ]);
  expect(found([openai('a'), openai('b').replace('chat/completions', 'responses')].join('\n'))).toEqual([
    '2:40 mixed_endpoints',
  ]);
});

test('a connection that takes one model, one url or one form says so on every line that differs', () => {
  const other = (id: string) => openai(id).replace('"m"', '"n"').replace('chat/completions', 'responses');
  const text = [openai('a'), other('b'), openai('c'), other('d')].join('\n');
  const codes = (rules: Partial<LineRules>) => validate(text, rules).codes;
  expect(codes({})).toEqual({ mixed_models: 1, mixed_endpoints: 1 });
  expect(codes({ mixedModels: true, mixedEndpoints: true })).toEqual({});
  expect(codes({ mixedModels: false, mixedEndpoints: false })).toEqual({
    mixed_models: 2,
    mixed_endpoints: 2,
  });
  expect(validate(text, { mixedModels: false }).errors).toBe(2);
  expect(codes({ lines: 'openai', mixedModels: true, mixedEndpoints: true })).toEqual({});
  expect(found(openai('a'), { lines: 'params' })).toEqual(['1:70 wrong_dialect']);
  expect(found(params('a'), { lines: 'openai' })).toEqual(['1:27 wrong_dialect']);
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

test('models are named up to a hundred', () => {
  const lines = Array.from({ length: 300 }, (_, i) => params(`r${i}`).replace('"m"', `"m${i}"`));
  expect(validate(lines.join('\n')).models).toHaveLength(100);
});

test('limits of lines, requests and bytes are reported once', () => {
  const lines = Array.from({ length: 6 }, (_, i) => params(`r${i}`)).join('\n');
  expect(found(lines, { limits: { requests: 3, bytes: null } })).toEqual(['4:1 too_many_requests']);
  expect(found(lines, { limits: { requests: 6, bytes: null } })).toEqual([]);
  expect(found(lines, { limits: { requests: null, bytes: 100 } })).toEqual(['3:1 too_many_bytes']);
  expect(found(lines, { limits: { requests: null, bytes: bytes(lines).length } })).toEqual([]);
  const long = `${params('a')}\n${'x'.repeat(100)}\n${params('b')}`;
  expect(found(long, { maxLineBytes: 50 })).toEqual(['2:1 line_too_long']);
  expect(validate(long, { maxLineBytes: 50 }).findings[0]?.place).toBeUndefined();
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

test('where chunks are cut changes nothing', () => {
  const file = joinedBytes(
    '\ufeff',
    params('日😀'),
    '\r\n\n',
    '{"custom_id":"x","params":{"model":"m","a":"\u2028"}}\n',
    [0xe6, 0x97, 0x0a],
    params('日😀'),
    '\n7\n{"a":',
  );
  const expected = validate(file);
  expect(expected.findings.map((finding) => finding.code)).toEqual([
    'bom',
    'crlf',
    'blank_line',
    'invalid_utf8',
    'duplicate_custom_id',
    'not_an_object',
    'invalid_json',
  ]);
  for (let step = 1; step <= file.length; step++) expect(validate(file, { step })).toEqual(expected);
});
