import { asObject } from './unknown.ts';

/** What a place may begin with: the request line, the provider’s line, or the answer’s words where they are JSON. */
export const pathRoots = ['request', 'response', 'answer'] as const;
export const mostPaths = 100;

/** The value at `a.b.0.c`, by own members only; undefined where there is none. A dot inside a name is written `\.`. */
export function valueAt(value: unknown, path: string): unknown {
  return namesIn(path).reduce<unknown>((held, name) => {
    if (Array.isArray(held)) return /^\d+$/.test(name) ? held[Number(name)] : undefined;
    const object = asObject(held);
    return object && Object.hasOwn(object, name) ? object[name] : undefined;
  }, value);
}

/** The places of all single values, in the order they stand in; only the first of a list is followed. */
export function pathsIn(value: unknown, prefix: string, most: number): string[] {
  const object = asObject(value);
  if (Array.isArray(value)) return value.length === 0 ? [] : pathsIn(value[0], `${prefix}.0`, most);
  if (!object) return [prefix];
  const found: string[] = [];
  for (const [name, member] of Object.entries(object)) {
    if (found.length >= most) break;
    found.push(...pathsIn(member, fieldPlace(prefix, name), most - found.length));
  }
  return found;
}

/** Where a member of what stands at `place` is. */
export function fieldPlace(place: string, name: string): string {
  return `${place}.${name.replace(/[\\.]/g, '\\$&')}`;
}

export function namesIn(path: string): string[] {
  const names: string[] = [];
  let name = '';
  for (const [sign] of path.matchAll(/\\.|./gsu)) {
    if (sign === '.') {
      names.push(name);
      name = '';
    } else name += sign.length > 1 && sign.startsWith('\\') ? sign.slice(1) : sign;
  }
  return [...names, name];
}
