import { expect, test } from 'vitest';
import { hintFor } from './group-hints.ts';

const group = { outcome: 'failed', code: null, httpStatus: null, pattern: '' } as const;

test.each([
  [{ httpStatus: 429 }, 'no room'],
  [{ code: 'rate_limit_exceeded' }, 'no room'],
  [
    { httpStatus: 400, pattern: 'This model’s maximum context length is <n> tokens' },
    'longer than the model',
  ],
  [{ httpStatus: 400, code: 'content_filter' }, 'declined'],
  [{ httpStatus: 429, code: 'insufficient_quota' }, 'no credit'],
  [{ httpStatus: 404, code: 'model_not_found' }, 'does not know this model'],
  [{ httpStatus: 401 }, 'key'],
  [{ httpStatus: 400 }, 'did not accept'],
  [{ httpStatus: 503 }, 'broke at the provider'],
  [{ outcome: 'expired' }, 'new window'],
  [{ outcome: 'missing' }, 'never answered'],
] as const)('%j', (given, words) => {
  expect(hintFor({ ...group, ...given })).toContain(words);
});

test('what nobody knows gets no hint', () => {
  expect(hintFor({ ...group, code: 'odd', pattern: 'something else' })).toBeNull();
});
