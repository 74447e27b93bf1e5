import { expect, test } from 'vitest';
import { testEnv } from '#lib/test-context';
import { originFits } from './origin.ts';

test('with APP_URL exactly that origin fits', () => {
  const env = testEnv({ APP_URL: 'https://batches.example.com' });
  expect(originFits('https://batches.example.com', env)).toBe(true);
  for (const origin of [
    'http://batches.example.com',
    'https://batches.example.com:8443',
    'https://batches.example.com.evil.example',
    'https://evil.example/https://batches.example.com',
    'http://localhost:3000',
    'null',
    '',
  ]) {
    expect([origin, originFits(origin, env)]).toEqual([origin, false]);
  }
});

test('without APP_URL a loopback name at our port fits, whatever HOST says', () => {
  const env = testEnv({ PORT: '3456' });
  for (const name of ['localhost', '127.0.0.1', '[::1]']) {
    expect(originFits(`http://${name}:3456`, env)).toBe(true);
    expect(originFits(`http://${name}:3457`, env)).toBe(false);
    expect(originFits(`http://${name}`, env)).toBe(false);
  }
  expect(originFits('http://user@localhost:3456', env)).toBe(false);
  expect(originFits('http://127.0.0.1.evil.example:3456', env)).toBe(false);
});
