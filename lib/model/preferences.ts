import { type Format, plainFormat } from '#lib/format';

/** What a reader chose for this browser. Each stands in a cookie, so that the first paint is already right. */
export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];
export const densities = ['comfortable', 'compact'] as const;
export type Density = (typeof densities)[number];

export type Preferences = { theme: Theme; density: Density; format: Format | null; railFolded: boolean };

export const preferenceCookies = {
  theme: 'batchdeck_theme',
  density: 'batchdeck_density',
  format: 'batchdeck_format',
  rail: 'batchdeck_rail',
} as const;

export function preferencesFrom(cookie: (name: string) => string | undefined): Preferences {
  return {
    theme: oneOf(themes, cookie(preferenceCookies.theme)) ?? 'system',
    density: oneOf(densities, cookie(preferenceCookies.density)) ?? 'comfortable',
    format: readFormat(cookie(preferenceCookies.format)),
    railFolded: cookie(preferenceCookies.rail) === 'folded',
  };
}

export function writeFormat({ locale, zone }: Format): string {
  return `${locale}|${zone}`;
}

/** A cookie is anybody's text: what Intl would refuse is no format. */
function readFormat(text: string | undefined): Format | null {
  const [locale, zone] = (text ?? '').split('|');
  if (!locale || !zone) return null;
  try {
    new Intl.DateTimeFormat(locale, { timeZone: zone });
    return { locale, zone };
  } catch {
    return null;
  }
}

export function formatOf(preferences: Preferences): Format {
  return preferences.format ?? plainFormat;
}

function oneOf<T extends string>(values: readonly T[], value: string | undefined): T | undefined {
  return values.find((known) => known === value);
}
