import { isMembers, type Json, type Members, memberOf, withMember } from './json.ts';
import type { Param } from './params.ts';

/** The value a control shows: the parameter itself, or the member of it that the control is for. */
export function valueIn(param: Pick<Param, 'name' | 'member'>, params: Members): Json | undefined {
  const whole = memberOf(params, param.name);
  if (param.member === undefined) return whole;
  return isMembers(whole) ? memberOf(whole, param.member) : undefined;
}

/** What the whole parameter is once a control has set its part; undefined where nothing is left of it. */
export function withValue(
  param: Pick<Param, 'name' | 'member'>,
  whole: Json | undefined,
  value: Json | undefined,
): Json | undefined {
  if (param.member === undefined) return value;
  const changed = withMember(isMembers(whole) ? whole : {}, param.member, value);
  return Object.keys(changed).length === 0 ? undefined : changed;
}
