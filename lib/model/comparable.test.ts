import { expect, test } from 'vitest';
import { comparable } from './comparable.ts';

const answer = (content: unknown) => ({
  custom_id: 'a',
  response: { body: { choices: [{ message: { content } }] } },
});
const said = (content: unknown) => comparable(answer(content));
const isSame = (one: unknown, other: unknown) => said(one).text === said(other).text;

test('words are compared as they were written', () => {
  expect(said('Fine.')).toEqual({ text: 'Fine.', isJson: false });
  expect(isSame('Fine.', 'fine.')).toBe(false);
  expect(isSame('Fine.', 'Fine. ')).toBe(false);
});

test.each([
  ['the order of keys', '{"a":1,"b":{"c":2,"d":3}}', '{"b":{"d":3,"c":2},"a":1}'],
  ['spacing', '{"a":[1,2]}', '{\n  "a": [ 1, 2 ]\n}'],
  ['how a number is written', '{"a":1.0}', '{"a":1}'],
  ['how a letter is escaped', '{"a":"\\u00e9"}', '{"a":"é"}'],
])('in JSON %s is no change', (_, one, other) => {
  expect(isSame(one, other)).toBe(true);
  expect(said(one).isJson).toBe(true);
});

test.each([
  ['a value', '{"a":1}', '{"a":2}'],
  ['the order of a list', '[1,2]', '[2,1]'],
  ['the last digit of a long fraction', '{"a":123456789.123456788}', '{"a":123456789.123456789}'],
  ['a key', '{"a":1}', '{"b":1}'],
  ['a kind', '{"a":1}', '{"a":"1"}'],
  ['the last digit of a long number', '{"a":12345678901234567890}', '{"a":12345678901234567891}'],
  ['a key named like a prototype', '{"__proto__":1}', '{"__proto__":2}'],
])('in JSON %s is one', (_, one, other) => {
  expect(isSame(one, other)).toBe(false);
});

test('what only looks like JSON is text, however deep it is nested', () => {
  expect(said('{not json}')).toEqual({ text: '{not json}', isJson: false });
  const deep = '['.repeat(200_000) + ']'.repeat(200_000);
  expect(said(deep)).toEqual({ text: deep, isJson: false });
});

test('JSON that would take long to parse, or be immense when it is laid out, stays as it was written', () => {
  const long = `[${'1,'.repeat(140_000)}1]`;
  const many = Array.from({ length: 3 }, () => `[${'1,'.repeat(60_000)}1]\n`);
  const nested = `${'{"a":'.repeat(101)}1${'}'.repeat(101)}`;
  expect([long, nested].map((text) => said(text).isJson)).toEqual([false, false]);
  expect(said(nested.slice(5, -1)).isJson).toBe(true);
  const choices = many.map((text) => ({ text }));
  const { text } = comparable({ response: { body: { choices } } });
  expect([text.includes('1]\n\n'), text.endsWith('1]\n')]).toEqual([false, true]);
});

test('arguments of a tool are compared by value, and thinking not at all', () => {
  const call = (given: string, thought: string) => ({
    custom_id: 'a',
    response: {
      body: {
        choices: [
          { message: { reasoning: thought, tool_calls: [{ function: { name: 'find', arguments: given } }] } },
        ],
      },
    },
  });
  const [one, other] = [call('{"a":1,"b":2}', 'hm'), call('{"b":2, "a":1}', 'well')].map((line) =>
    comparable(line),
  );
  expect(one).toEqual(other);
  expect(one?.text).toBe('find({"a":1,"b":2})');
});

test('several answers, vectors and images are told apart', () => {
  const choices = (...words: string[]) => ({
    response: { body: { choices: words.map((text) => ({ text })) } },
  });
  expect(comparable(choices('a', 'b')).text).toBe('a\nb');
  const vector = (...embedding: number[]) =>
    comparable({ response: { body: { data: [{ embedding }] } } }).text;
  expect(vector(1, 2)).not.toBe(vector(1, 3));
  const image = (url: string) => said([{ type: 'image_url', image_url: { url } }]).text;
  expect(image('https://a.example/1')).not.toBe(image('https://a.example/2'));
});
