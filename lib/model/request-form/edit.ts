import { effective } from './compose.ts';
import { writeExtra } from './fields.ts';
import { type BatchForm, type FormRequest, freeCustomId, newRequest, type Sheet } from './form.ts';
import { type Json, memberOf, sameJson, withMember } from './json.ts';
import { withValue } from './lens.ts';
import type { Param } from './params.ts';
import { blankOwn, isKnown, paramsNamed, shapes } from './shapes.ts';
import type { Open } from './standing.ts';

/** Everything one can do to the form. Nothing is changed in place, so what was is still there to go back to. */
export type Removed = { at: number; request: FormRequest }[];

export function setCustomId(form: BatchForm, id: string, customId: string): BatchForm {
  return onEach(form, [id], (request) => ({ ...request, customId }));
}

/** What a control says, on all that is open: said like the defaults it is theirs, said not at all it is left out. */
export function writeParam(
  form: BatchForm,
  open: Open,
  param: Pick<Param, 'name' | 'member'>,
  value: Json | undefined,
): BatchForm {
  const { name } = param;
  const byDefault = memberOf(form.defaults.own, name);
  if (open === 'defaults') return setDefault(form, name, withValue(param, byDefault, value));
  return onEach(form, open, (request) => {
    const whole = withValue(param, memberOf(effective(form.defaults, request), name), value);
    return wholeSet(request, name, whole, byDefault);
  });
}

function wholeSet<S extends Sheet>(
  sheet: S,
  name: string,
  whole: Json | undefined,
  byDefault: Json | undefined,
): S {
  const isLeftOut = whole === undefined && byDefault !== undefined;
  const isDefault = byDefault !== undefined && sameJson(whole, byDefault);
  return {
    ...sheet,
    own: withMember(sheet.own, name, isDefault ? undefined : whole),
    omit: isLeftOut ? [...new Set([...sheet.omit, name])] : sheet.omit.filter((other) => other !== name),
  };
}

/** Back to what the defaults say. */
export function inherit(form: BatchForm, open: Open, name: string): BatchForm {
  if (open === 'defaults') return setDefault(form, name, undefined);
  return onEach(form, open, (request) => ({
    ...request,
    own: withMember(request.own, name, undefined),
    omit: request.omit.filter((other) => other !== name),
  }));
}

function setDefault(form: BatchForm, name: string, value: Json | undefined): BatchForm {
  return { ...form, defaults: { ...form.defaults, own: withMember(form.defaults.own, name, value) } };
}

/** What one request says becomes what all say that say nothing else. */
export function makeDefault(form: BatchForm, id: string, name: string): BatchForm {
  const request = form.requests.find((one) => one.id === id);
  const value = request && memberOf(request.own, name);
  return value === undefined ? form : inherit(setDefault(form, name, value), [id], name);
}

/** The parameters without a control. Text that is no JSON is kept as it stands. */
export function writeExtraText(form: BatchForm, open: Open, text: string): BatchForm {
  const shape = shapes[form.shape];
  const extra = writeExtra(text);
  if (open === 'defaults') return { ...form, defaults: withExtra(form.defaults) };
  return onEach(form, open, withExtra);

  function withExtra<S extends Sheet>(sheet: S): S {
    if (extra === null) return { ...sheet, extraText: text };
    const inherited = (sheet as Sheet) === form.defaults ? {} : form.defaults.own;
    const names = [...Object.keys(sheet.own), ...Object.keys(inherited), ...Object.keys(extra)];
    const strange = [...new Set(names)].filter((name) => !isKnown(shape, name));
    return strange.reduce<S>(
      (made, name) => wholeSet(made, name, memberOf(extra, name), memberOf(inherited, name)),
      { ...sheet, extraText: null },
    );
  }
}

export function replaceRequest(form: BatchForm, id: string, customId: string, sheet: Sheet): BatchForm {
  return onEach(form, [id], (request) => ({ ...request, ...sheet, customId }));
}

/** After the one given, like it but for what belongs to each request alone. */
export function addRequest(form: BatchForm, after: string | null): { form: BatchForm; id: string } {
  const shape = shapes[form.shape];
  const like = form.requests.find((request) => request.id === after) ?? form.requests.at(-1);
  const shared = Object.entries(like?.own ?? {}).filter(
    ([name]) => !paramsNamed(shape, name).some((param) => param.perRequest),
  );
  const fresh = {
    ...newRequest(freeCustomId(takenIds(form)), { ...Object.fromEntries(shared), ...blankOwn(form.shape) }),
    omit: like?.omit ?? [],
  };
  return { form: { ...form, requests: [...form.requests, fresh] }, id: fresh.id };
}

/** Each copy stands behind its original. */
export function duplicate(form: BatchForm, ids: readonly string[]): { form: BatchForm; made: string[] } {
  const taken = takenIds(form);
  const made: string[] = [];
  const requests = form.requests.flatMap((request) => {
    if (!ids.includes(request.id)) return [request];
    const copy = { ...newRequest(freeCustomId(taken, request.customId)), ...sheetOf(request) };
    taken.add(copy.customId);
    made.push(copy.id);
    return [request, copy];
  });
  return { form: { ...form, requests }, made };
}

export function remove(form: BatchForm, ids: readonly string[]): { form: BatchForm; removed: Removed } {
  const removed = form.requests.flatMap((request, at) => (ids.includes(request.id) ? [{ at, request }] : []));
  return {
    form: { ...form, requests: form.requests.filter((request) => !ids.includes(request.id)) },
    removed,
  };
}

/** Back to where they stood, whatever was done since. */
export function restore(form: BatchForm, removed: Removed): BatchForm {
  const requests = [...form.requests];
  for (const { at, request } of removed) {
    if (!requests.some(({ id }) => id === request.id)) requests.splice(at, 0, request);
  }
  return { ...form, requests };
}

/** All of them by one place, in their order; at the edge they wait for each other. */
export function move(form: BatchForm, ids: readonly string[], by: 1 | -1): BatchForm {
  const requests = [...form.requests];
  const places = requests.flatMap((request, at) => (ids.includes(request.id) ? [at] : []));
  let edge = by === 1 ? requests.length : -1;
  for (const at of by === 1 ? places.reverse() : places) {
    if (at + by === edge) {
      edge = at;
      continue;
    }
    requests.splice(at + by, 0, ...requests.splice(at, 1));
  }
  return { ...form, requests };
}

/** Before the request that stands at `to`; behind the last where `to` is the length. */
export function moveTo(form: BatchForm, ids: readonly string[], to: number): BatchForm {
  const moved = form.requests.filter((request) => ids.includes(request.id));
  const before = form.requests.slice(0, to).filter((request) => !ids.includes(request.id));
  const after = form.requests.slice(to).filter((request) => !ids.includes(request.id));
  return { ...form, requests: [...before, ...moved, ...after] };
}

/** `{n}` is the place among them, written as long as the last one's. */
export function renumber(form: BatchForm, ids: readonly string[], pattern: string): BatchForm {
  const width = String(ids.length).length;
  let n = 0;
  return onEach(form, ids, (request) => {
    n++;
    return { ...request, customId: pattern.replaceAll('{n}', String(n).padStart(width, '0')) };
  });
}

function sheetOf({ own, omit, extraText }: Sheet): Sheet {
  return { own, omit, extraText };
}

function takenIds(form: BatchForm): Set<string> {
  return new Set(form.requests.map(({ customId }) => customId));
}

function onEach(
  form: BatchForm,
  ids: readonly string[],
  change: (request: FormRequest) => FormRequest,
): BatchForm {
  const wanted = new Set(ids);
  return {
    ...form,
    requests: form.requests.map((request) => (wanted.has(request.id) ? change(request) : request)),
  };
}
