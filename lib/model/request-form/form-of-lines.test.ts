import { expect, test } from 'vitest';
import { composeLines } from './compose.ts';
import { formOfLines } from './form-of-lines.ts';

const line = (custom_id: string, params: object) => JSON.stringify({ custom_id, params });
const messages = [{ role: 'user', content: 'Hi' }];

test('what all lines say alike is a default, and written out the lines are what they were', () => {
  const text = `${line('a', { model: 'm', max_tokens: 8, messages })}\n${line('b', { model: 'm', max_tokens: 9, messages })}\n`;
  const form = formOfLines(`\uFEFF${text}\n`, ['inline']);
  expect(form?.defaults.own).toEqual({ model: 'm' });
  expect(form?.requests.map(({ customId, own }) => [customId, own.max_tokens])).toEqual([
    ['a', 8],
    ['b', 9],
  ]);
  const written = form ? composeLines(form).trim().split('\n') : [];
  expect(written.map((each) => JSON.parse(each))).toEqual(
    text
      .trim()
      .split('\n')
      .map((each) => JSON.parse(each)),
  );
});

test('the shape is the first that all lines have', () => {
  const to = (url: string, body: object) => JSON.stringify({ custom_id: 'a', method: 'POST', url, body });
  const embedding = to('/v1/embeddings', { model: 'm', input: 'x' });
  expect(formOfLines(embedding, ['chat', 'embeddings'])?.shape).toBe('embeddings');
  const mixed = `${embedding}\n${to('/v1/chat/completions', { model: 'm', messages })}`;
  expect(formOfLines(mixed, ['chat', 'embeddings'])).toBeNull();
});

test('what a form cannot hold as it is stays a file', () => {
  expect(formOfLines('', ['inline'])).toBeNull();
  expect(formOfLines('{"custom_id":', ['inline'])).toBeNull();
  expect(formOfLines('{"custom_id":"a","params":{},"more":1}', ['inline'])).toBeNull();
  expect(formOfLines('{"custom_id":"a","params":{"seed":9007199254740993}}', ['inline'])).toBeNull();
});
