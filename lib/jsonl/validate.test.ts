import { expect, test } from 'vitest';
import type { LineRules } from './line-rules.ts';
import { bytes, found, joinedBytes, openai, params, validate } from './validate-kit.ts';

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

test('an endpoint a connection is not known to take is told, and binds nobody', () => {
  const text = [openai('a'), openai('b').replace('chat/completions', 'images/edits')].join('\n');
  const { codes, errors, findings } = validate(text, {
    mixedEndpoints: true,
    endpoints: ['/v1/chat/completions', '/v1/embeddings'],
  });
  expect(codes).toEqual({ other_endpoint: 1 });
  expect(errors).toBe(0);
  expect(findings[0]?.message).toBe(
    'Line 2, column 40: this connection is not known to take `/v1/images/edits`. It takes /v1/chat/completions, /v1/embeddings.',
  );
  expect(validate(text, { mixedEndpoints: true }).codes).toEqual({});
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
