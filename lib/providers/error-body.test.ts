import { expect, it } from 'vitest';
import { errorWords } from './error-body.ts';
import { retryAfterMs } from './retry-after.ts';

it.each([
  ['{"error":{"message":"no","type":"t","param":null,"code":402}}', 't', 'no'],
  ['{"error":{"message":"no","code":"insufficient_credit"}}', 'insufficient_credit', 'no'],
  ['{"error":"no"}', 'http_400', 'no'],
  ['{"type":"error","error":{"type":"invalid_request_error","message":"no"}}', 'invalid_request_error', 'no'],
  ['{"detail":"no"}', 'http_400', 'no'],
  ['{"detail":[{"loc":["body"],"msg":"no","type":"missing"}]}', 'missing', 'no'],
  ['{"detail":{"error":{"message":"no","type":"t"}}}', 't', 'no'],
  ['{"status":"failure","message":"no"}', 'failure', 'no'],
  ['{"message":"no","request_id":"r","type":"t","code":"1000"}', 't', 'no'],
  [
    '{"error":{"code":429,"status":"RESOURCE_EXHAUSTED","message":"no","details":[]}}',
    'RESOURCE_EXHAUSTED',
    'no',
  ],
  ['{"error":{"message":"{\\"error\\":{\\"message\\":\\"inner\\",\\"type\\":\\"t\\"}}"}}', 't', 'inner'],
  ['plain words', 'http_400', 'The provider answered 400: plain words'],
  [
    '<html><script>alert(1)</script>',
    'http_400',
    'The provider answered 400 with a web page instead of JSON.',
  ],
  ['', 'http_400', 'The provider answered 400 without words.'],
  ['{"x":1}', 'http_400', 'The provider answered 400 without words.'],
])('reads %s', (body, code, message) => {
  expect(errorWords(400, body)).toEqual({ code, message });
});

it('keeps words short, on one line and without keys', () => {
  const { message } = errorWords(
    401,
    JSON.stringify({ error: `bad\nkey\u0000 sk-canary-1234567890 ${'x'.repeat(2_000)}` }),
  );
  expect(message).toMatch(/^bad key \[hidden\] x+$/);
  expect(message).toHaveLength(500);
});

it.each([
  ['30', 30_000],
  ['0', 0],
  ['1.5', 1_500],
  ['Thu, 01 Jan 1970 00:01:00 GMT', 60_000],
  ['1000000000', 900_000],
  ['-1', null],
  ['soon', null],
  ['', null],
])('reads Retry-After %j', (value, wait) => {
  expect(retryAfterMs(new Headers({ 'retry-after': value }), 0)).toBe(wait);
});

it('takes an absent Retry-After and a past date for none', () => {
  expect(retryAfterMs(new Headers(), 0)).toBeNull();
  expect(retryAfterMs(new Headers({ 'retry-after': 'Thu, 01 Jan 1970 00:00:00 GMT' }), 5_000)).toBeNull();
});
