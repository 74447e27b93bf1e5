import { effective } from './compose.ts';
import type { BatchForm, FormRequest } from './form.ts';
import { type Json, type Members, memberOf, sameJson } from './json.ts';
import { valueIn } from './lens.ts';
import type { Param } from './params.ts';

/** What the editor is open on: the defaults, or one request, or several at once. */
export type Open = 'defaults' | readonly string[];

export type Standing = {
  /** Where the value comes from that is shown. */
  from: 'own' | 'defaults' | 'nowhere' | 'mixed';
  /** The defaults have it and it is not sent all the same. */
  leftOut: boolean;
  isNull: boolean;
  /** The defaults have it, so it can be given back to them. */
  hasDefault: boolean;
};

export function openRequests(form: BatchForm, open: Open): FormRequest[] {
  return open === 'defaults' ? [] : form.requests.filter(({ id }) => open.includes(id));
}

/** What all that is open has in common; what differs is in no value but in `mixed`. */
export function common(form: BatchForm, open: Open): { params: Members; mixed: Set<string> } {
  if (open === 'defaults') return { params: form.defaults.own, mixed: new Set() };
  const [first = {}, ...others] = openRequests(form, open).map((request) =>
    effective(form.defaults, request),
  );
  const mixed = new Set<string>();
  for (const name of new Set([first, ...others].flatMap((params) => Object.keys(params)))) {
    const value = memberOf(first, name);
    if (others.some((other) => !sameJson(memberOf(other, name), value))) mixed.add(name);
  }
  return {
    params: Object.fromEntries(Object.entries(first).filter(([name]) => !mixed.has(name))),
    mixed,
  };
}

export function standingOf(
  form: BatchForm,
  open: Open,
  param: Param,
  { params, mixed } = common(form, open),
): Standing {
  const { name } = param;
  const requests = openRequests(form, open);
  const isOwn = requests.some(({ own }) => Object.hasOwn(own, name));
  const hasDefault = open !== 'defaults' && Object.hasOwn(form.defaults.own, name);
  const value: Json | undefined = valueIn(param, params);
  const there = open === 'defaults' || isOwn ? 'own' : 'defaults';
  return {
    from: mixed.has(name) ? 'mixed' : value === undefined ? 'nowhere' : there,
    leftOut: requests.length > 0 && requests.every(({ omit }) => omit.includes(name)),
    isNull: value === null,
    hasDefault,
  };
}
