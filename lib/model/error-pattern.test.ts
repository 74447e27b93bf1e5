import { expect, test } from 'vitest';
import { errorPattern } from './error-pattern.ts';

const alike: [string, string, string][] = [
  [
    'Rate limit reached for gpt-4o-mini in organization org-Abc123 on tokens per min (TPM): Limit 200000, Used 199875.',
    'Rate limit reached for gpt-4o-mini in organization org-Zzz999 on tokens per min (TPM): Limit 30000, Used 1.5.',
    'Rate limit reached for <id> in organization <id> on tokens per min (TPM): Limit <n>, Used <n>.',
  ],
  [
    'Please try again in 1.2s. See https://example.com/errors?id=7 for more.',
    'Please try again in 33s. See http://example.com/x for more.',
    'Please try again in <n>s. See <url> for more.',
  ],
  [
    "The model 'alpha' doesn't exist or you don't have access.",
    "The model 'beta 2' doesn't exist or you don't have access.",
    'The model "…" doesn\'t exist or you don\'t have access.',
  ],
  [
    'Request 3f2b8c1e-0d4a-4b6e-9a51-7c0de1a2b3c4 failed at 2026-01-02T03:04:05.678Z',
    'Request 00000000-0d4a-4b6e-9a51-7c0de1a2b3ff failed at 2025-12-31 23:59:59+01:00',
    'Request <id> failed at <time>',
  ],
  ['max_tokens: 99999 > 8192', 'max_tokens: 10000 > 4096', 'max_tokens: <n> > <n>'],
  ['Invalid value "a\u2028b" for `role`', 'Invalid value "c" for `name`', 'Invalid value "…" for "…"'],
];

test.each(alike)('%j and %j read alike', (one, other, pattern) => {
  expect([errorPattern(one), errorPattern(other)]).toEqual([pattern, pattern]);
});

test('different errors stay different', () => {
  expect(errorPattern('Context length exceeded')).not.toBe(errorPattern('Content was filtered'));
});

test('what stays the same after a second look, is short and ends whole', () => {
  const long = errorPattern(`${'word '.repeat(59)}\u{1f642}\u{1f642} and more`.repeat(3));
  expect(long.length).toBeLessThanOrEqual(301);
  expect(long.isWellFormed()).toBe(true);
  for (const [message] of alike) expect(errorPattern(errorPattern(message))).toBe(errorPattern(message));
});
