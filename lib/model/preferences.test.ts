import { expect, test } from 'vitest';
import { formatOf, preferencesFrom, writeFormat } from './preferences.ts';

const from = (cookies: Record<string, string>) => preferencesFrom((name) => cookies[name]);

test('a first visit follows the system and reads plain numbers', () => {
  const first = from({});
  expect(first).toEqual({ theme: 'system', density: 'comfortable', format: null, railFolded: false });
  expect(formatOf(first)).toEqual({ locale: 'en-US', zone: 'UTC' });
});

test('what was chosen comes back', () => {
  const cookies = {
    batchdeck_theme: 'dark',
    batchdeck_density: 'compact',
    batchdeck_rail: 'folded',
    batchdeck_format: writeFormat({ locale: 'de-DE', zone: 'Europe/Berlin' }),
  };
  expect(from(cookies)).toEqual({
    theme: 'dark',
    density: 'compact',
    railFolded: true,
    format: { locale: 'de-DE', zone: 'Europe/Berlin' },
  });
});

test('a cookie that Intl would refuse is ignored', () => {
  for (const text of ['xx', 'en-US|Mars/Olympus', '!!|UTC', '|', 'en-US|']) {
    expect(from({ batchdeck_format: text }).format).toBeNull();
  }
  expect(from({ batchdeck_theme: '"><script>' }).theme).toBe('system');
});
