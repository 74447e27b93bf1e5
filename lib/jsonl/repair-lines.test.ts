import { describe, expect, test } from 'vitest';
import type { FindingCode } from '#lib/model/finding';
import type { Repair } from '#lib/model/repair';
import { anyTarget } from './line-rules.ts';
import { makeFile, seeded } from './oracle-kit.ts';
import { judged, linesIn, repaired } from './repair-kit.ts';

const params = (id: string, more = '') => `{"custom_id":"${id}","params":{"model":"m"${more}}}`;
const odd =
  '{ "custom_id":"odd", "params": {"n":1.0,"x":9007199254740993,"model":"m","t":"\\u00e9\u2028" } }';

describe('each repair', () => {
  test.each<[string, Repair, string, string]>([
    [
      'leaves bad lines out and keeps blank ones',
      { kind: 'drop_bad_lines' },
      `${params('a')}\nnonsense\n\n${odd}\n${params('a')}`,
      `${params('a')}\n\n${odd}\n`,
    ],
    [
      'gives later lines of one id another that is free',
      { kind: 'unique_ids' },
      `${params('a')}\n${params('a')}\n${params('a-2')}\n${params('a', ',"x":1.0')}\n`,
      `${params('a')}\n${params('a-3')}\n${params('a-2')}\n${params('a-4', ',"x":1.0')}\n`,
    ],
    [
      'adds an id where none is, and quotes numbers',
      { kind: 'add_ids' },
      `{"params":{"model":"m"}}\n{ }\n{"custom_id":7,"params":{"model":"m"}}\n{"custom_id": null ,"params":{}}\n${params('row-1')}\n${params('')}`,
      `{"custom_id":"row-1-2","params":{"model":"m"}}\n{ }\n{"custom_id":"7","params":{"model":"m"}}\n{"custom_id": "row-4" ,"params":{}}\n${params('row-1')}\n${params('row-6')}`,
    ],
    ['strips the byte order mark', { kind: 'strip_bom' }, `\ufeff${odd}\n\ufeff`, `${odd}\n\ufeff`],
    [
      'makes newlines plain and ends the last line',
      { kind: 'newlines' },
      `\ufeff${odd}\r\n\r\n \t\n${params('a')}`,
      `\ufeff${odd}\n${params('a')}\n`,
    ],
    [
      'sets the model where another or none is',
      { kind: 'set_model', model: 'n"1' },
      `${params('a')}\n{"custom_id":"b","body":{ }}\n{"custom_id":"c","params":[]}\n{"custom_id":"d","params":{"x":1.0}}\r\n`,
      `{"custom_id":"a","params":{"model":"n\\"1"}}\n{"custom_id":"b","body":{"model":"n\\"1" }}\n{"custom_id":"c","params":[]}\n{"custom_id":"d","params":{"model":"n\\"1","x":1.0}}\r\n`,
    ],
    [
      'sets a parameter on all lines and touches none that has it so',
      { kind: 'set_parameter', name: 'max_tokens', json: '64' },
      `${params('a', ',"max_tokens":64')}\n${params('b', ',"max_tokens": 1e3 ,"x":[1]')}\n`,
      `${params('a', ',"max_tokens":64')}\n${params('b', ',"max_tokens": 64 ,"x":[1]')}\n`,
    ],
    [
      'takes a parameter out with its comma',
      { kind: 'set_parameter', name: 'stream', json: null },
      `${params('a', ', "stream" : true')}\n{"custom_id":"b","params":{"stream":true , "model":"m"}}\n{"custom_id":"c","body":{"stream":true}}`,
      `${params('a')}\n{"custom_id":"b","params":{"model":"m"}}\n{"custom_id":"c","body":{}}`,
    ],
    [
      'puts what was edited in its place, on one line',
      {
        kind: 'edit_lines',
        lines: [
          { line: 2, text: '{"custom_id":"b",\n "x":1}' },
          { line: 3, text: null },
        ],
      },
      `\ufeff${params('a')}\r\nnonsense\r\nx\n${params('c')}`,
      `\ufeff${params('a')}\r\n{"custom_id":"b",  "x":1}\r\n${params('c')}`,
    ],
  ])('%s', (_, repair, before, after) => {
    expect(repaired(before, [repair]).text).toBe(after);
  });
});

test('repairs go one after the other, each on what the one before left', () => {
  const { text, report } = repaired(`\ufeffx\r\n${params('a')}\r\n${params('a')}\r\n\r\n`, [
    { kind: 'strip_bom' },
    { kind: 'edit_lines', lines: [{ line: 1, text: params('b') }] },
    { kind: 'newlines' },
    { kind: 'unique_ids' },
  ]);
  expect(text).toBe(`${params('b')}\n${params('a')}\n${params('a-2')}\n`);
  expect(report).toMatchObject({ lines: 4, changed: 3, dropped: 1 });
});

test('a report shows the first changes, cut around what differs', () => {
  const long = params('a', `,"x":"${'y'.repeat(500)}"`);
  const { report } = repaired(`${long}\nbad`, [
    { kind: 'set_model', model: 'n' },
    { kind: 'drop_bad_lines' },
  ]);
  expect(report.samples).toEqual([
    {
      line: 1,
      before: {
        before: '{"custom_id":"a","params":{"model":"'.slice(-32).padStart(33, '…'),
        at: 'm',
        after: `","x":"${'y'.repeat(57)}…`,
      },
      after: {
        before: '{"custom_id":"a","params":{"model":"'.slice(-32).padStart(33, '…'),
        at: 'n',
        after: `","x":"${'y'.repeat(57)}…`,
      },
    },
    { line: 2, before: { before: '', at: 'bad', after: '' }, after: null },
  ]);
});

test('an id made here fits the rule of the connection', () => {
  const rules = { ...anyTarget, customIdPattern: '^[a-z0-9-]{1,64}$' };
  const long = 'a'.repeat(64);
  const { bytes } = repaired(
    `${params(long)}\n${params(long)}\n${params('é')}\n${params('é')}\n{"params":{"model":"m"}}`,
    [{ kind: 'unique_ids' }, { kind: 'add_ids' }],
    rules,
  );
  expect(judged(bytes, rules).codes).toEqual({ invalid_custom_id: 1 });
});

/** What each repair promises of a file, whatever is in it. */
const promises: [Repair, FindingCode[]][] = [
  [{ kind: 'unique_ids' }, ['duplicate_custom_id']],
  [{ kind: 'add_ids' }, ['missing_custom_id']],
  [{ kind: 'strip_bom' }, ['bom']],
  [{ kind: 'newlines' }, ['crlf', 'blank_line']],
  [{ kind: 'set_parameter', name: 'stream', json: null }, ['stream_not_allowed']],
  [{ kind: 'set_model', model: 'm' }, ['missing_model', 'mixed_models']],
];

test('a hundred made-up files lose what a repair promises, and every other line keeps its bytes', () => {
  for (let seed = 1; seed <= 100; seed++) {
    const { bytes, rules } = makeFile(seeded(seed));
    const own = linesIn(bytes).map((line) => Buffer.from(line.bytes ?? []).toString('latin1'));
    for (const [repair, gone] of promises) {
      const after = repaired(bytes, [repair], rules);
      const { codes } = judged(after.bytes, { ...rules, limits: anyTarget.limits });
      const told = `seed ${seed}, ${repair.kind}\n${after.text}`;
      for (const code of gone) expect(codes[code] ?? 0, told).toBe(0);
      const left = linesIn(after.bytes).map((line) => Buffer.from(line.bytes ?? []).toString('latin1'));
      const known = new Set(own);
      const newLines = left.filter((line) => !known.has(line)).length;
      expect(newLines, told).toBeLessThanOrEqual(after.report.changed);
      expect(left.length, told).toBe(own.length - after.report.dropped);
    }
    const without = repaired(bytes, [{ kind: 'drop_bad_lines' }], rules);
    const { errors, codes } = judged(without.bytes, { ...rules, limits: anyTarget.limits });
    expect(errors - (codes.no_requests ?? 0), `seed ${seed}\n${without.text}`).toBe(0);
  }
});
