import type { Connection, Dialect } from '#lib/model/connection';
import { type Preset, presetIn } from '#lib/model/preset';
import { faultsHeader } from '#lib/model/sandbox-faults';
import { bytesAsText } from './byte-words.ts';
import type { Start } from './preset-groups.ts';

/** What stands in the form. `headers` are new lines of it, `dropped` the names of old ones that shall go. */
export type Draft = Record<
  | 'name'
  | 'baseUrl'
  | 'apiKey'
  | 'keyHeader'
  | 'route'
  | 'behavior'
  | 'headers'
  | 'requests'
  | 'bytes'
  | 'customIdPattern'
  | 'discount'
  | 'completionWindow',
  string
> & { dialect: Dialect; dropped: string[] };

export function draftFromStart(start: Start, taken: string[]): Draft {
  return { ...draftInDialect(start.preset), name: freeName(start.title, taken), behavior: start.behavior };
}

/** Another dialect brings another key header, other limits and perhaps another route. */
export function draftInDialect(preset: Preset, dialect: Dialect = preset.dialect): Draft {
  const { baseUrl, keyHeader, limits, discount, completionWindow } = presetIn(preset, dialect) ?? preset;
  return {
    name: '',
    dialect,
    baseUrl: baseUrl ?? '',
    apiKey: '',
    keyHeader,
    route: routeOf(preset, dialect)?.values[0] ?? '',
    behavior: '',
    headers: '',
    dropped: [],
    ...termsOf({ limits, discount, completionWindow }),
  };
}

export function draftFromConnection(connection: Connection): Draft {
  const { name, dialect, baseUrl, keyHeader, headers, capabilities } = connection;
  const { route } = capabilities;
  return {
    name,
    dialect,
    baseUrl,
    apiKey: '',
    keyHeader,
    route: (route && headers[route.header]) ?? '',
    behavior: headers[faultsHeader] ?? '',
    headers: '',
    dropped: [],
    ...termsOf(connection),
  };
}

/** The header by which a gateway is told where to go. */
export function routeOf(preset: Preset, dialect: Dialect) {
  return preset.can[dialect]?.route ?? null;
}

function termsOf({
  limits,
  discount,
  completionWindow,
}: Pick<Connection, 'limits' | 'discount' | 'completionWindow'>) {
  return {
    requests: limits.requests === null ? '' : limits.requests.toLocaleString('en-US'),
    bytes: limits.bytes === null ? '' : bytesAsText(limits.bytes),
    customIdPattern: limits.customIdPattern ?? '',
    discount: percentOf(discount),
    completionWindow: completionWindow ?? '',
  };
}

/** A fraction as people write it: 0.29 times 100 is not 29 to a computer. */
function percentOf(fraction: number | null): string {
  return fraction === null ? '' : String(Number((fraction * 100).toFixed(6)));
}

function freeName(title: string, taken: string[]): string {
  if (!taken.includes(title)) return title;
  let n = 2;
  while (taken.includes(`${title} ${n}`)) n++;
  return `${title} ${n}`;
}
