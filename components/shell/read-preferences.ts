import { cookies } from 'next/headers';
import { type Preferences, preferencesFrom } from '#lib/model/preferences';

export async function readPreferences(): Promise<Preferences> {
  const jar = await cookies();
  return preferencesFrom((name) => decoded(jar.get(name)?.value));
}

function decoded(value: string | undefined): string | undefined {
  try {
    return value === undefined ? undefined : decodeURIComponent(value);
  } catch {
    return undefined;
  }
}
