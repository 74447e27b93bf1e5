import 'server-only';

export type Storable = string | number | bigint | null;

/** Only what both engines store alike; NUL is refused by Postgres text, so it never gets in here either. */
export function accepted(value: unknown): Storable {
  if (value === null || typeof value === 'number' || typeof value === 'bigint') return value;
  if (typeof value === 'string') return value.includes('\0') ? value.replaceAll('\0', '\uFFFD') : value;
  throw new TypeError(
    `The store takes text, numbers and null, not ${value instanceof Date ? 'Date' : typeof value}.`,
  );
}
