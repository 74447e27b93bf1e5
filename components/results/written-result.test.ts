import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { asCurl, asWords } from './written-result.ts';

const target = {
  baseUrl: 'https://api.example.com/v1/',
  dialect: 'inline' as const,
  keyHeader: 'authorization',
  headers: {},
  completionWindow: null,
};

it('an answer is copied as its words, without what was thought', () => {
  const message = { reasoning_content: 'hm', content: 'one\ntwo', refusal: null };
  expect(asWords(JSON.stringify({ response: { body: { choices: [{ message }] } } }))).toBe('one\ntwo');
});

it('a request is copied as a program a shell takes, with every digit and without the key', () => {
  const request = `{"custom_id":"it's","params":{"model":"m","seed":9007199254740993,"x":"$(id) \\u2028"}}`;
  const program = asCurl(request, target, 'unused');
  expect(program).toContain("curl --fail-with-body -sS 'https://api.example.com/v1/batches'");
  expect(program).toContain('$BATCH_API_KEY');
  const said = execFileSync('/bin/sh', ['-c', program.replace(/^curl [\s\S]*?(?=<<)/, 'cat ')]).toString();
  expect(said).toContain('"seed": 9007199254740993');
  expect(JSON.parse(said)).toEqual({ requests: [JSON.parse(request)] });
});
