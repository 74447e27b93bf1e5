/** What a JSON text can say. */
export type Json = null | boolean | number | string | Json[] | Members;
export type Members = { [name: string]: Json };

export function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Two values are the same whatever the order of their members. */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, n) => sameJson(item, b[n]));
  }
  if (!isMembers(a) || !isMembers(b)) return false;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && sameJson(a[name], b[name]))
  );
}

/** Reads own members only: `toString` is not there unless somebody sent it. */
export function memberOf(members: Members | null | undefined, name: string): Json | undefined {
  return members && Object.hasOwn(members, name) ? members[name] : undefined;
}

/** A copy with one member set, in its place; undefined takes it away. `__proto__` is a name like any other. */
export function withMember(members: Members, name: string, value: Json | undefined): Members {
  const rest = Object.entries(members).filter(([other]) => other !== name || value !== undefined);
  if (value === undefined) return Object.fromEntries(rest);
  const changed = rest.map(([other, before]): [string, Json] => [other, other === name ? value : before]);
  return Object.fromEntries(Object.hasOwn(members, name) ? changed : [...changed, [name, value]]);
}
