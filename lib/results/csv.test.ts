import { expect, test } from 'vitest';
import { csvCell, csvRow } from './csv.ts';

const formulas = [
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '\n=1',
  '  =1',
  '\uFF1D1+1',
  "=cmd|' /C calc'!A0",
];

test.each(formulas)('a spreadsheet shows %j as text', (text) => {
  expect(csvCell(text).startsWith(`"'`)).toBe(true);
});

test('quotes, separators and newlines stay inside their cell', () => {
  expect(csvCell('a "b", c;\nd')).toBe('"a ""b"", c;\nd"');
});

test('control characters become a visible mark', () => {
  expect(csvCell('a\0b\u001b[31m\tc')).toBe('"a\uFFFDb\uFFFD[31m\tc"');
});

test('a number is a number and nothing is nothing', () => {
  expect(csvRow([-5, null, 'x'])).toBe('-5,,"x"\r\n');
});
