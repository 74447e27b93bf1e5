import { type BatchForm, type FormRequest, freeCustomId, newRequest, type Sheet } from './form.ts';
import { type Json, withMember } from './json.ts';
import { blankOwn, paramsNamed, shapes } from './shapes.ts';

/** Everything one can do to the form. Nothing is changed in place, so what was is still there to go back to. */
export type Removed = { at: number; request: FormRequest }[];

export function setCustomId(form: BatchForm, id: string, customId: string): BatchForm {
  return onEach(form, [id], (request) => ({ ...request, customId }));
}

/** Undefined gives the parameter back to the defaults. */
export function setParam(
  form: BatchForm,
  ids: readonly string[],
  name: string,
  value: Json | undefined,
): BatchForm {
  return onEach(form, ids, (request) => setIn(request, name, value));
}

export function setIn<S extends Sheet>(sheet: S, name: string, value: Json | undefined): S {
  const omit = sheet.omit.includes(name) ? sheet.omit.filter((other) => other !== name) : sheet.omit;
  return { ...sheet, own: withMember(sheet.own, name, value), omit };
}

/** Not sent, whatever the defaults say. */
export function leaveOut(form: BatchForm, ids: readonly string[], name: string): BatchForm {
  return onEach(form, ids, (request) => ({
    ...request,
    own: withMember(request.own, name, undefined),
    omit: [...new Set([...request.omit, name])],
  }));
}

export function setDefault(form: BatchForm, name: string, value: Json | undefined): BatchForm {
  return { ...form, defaults: setIn(form.defaults, name, value) };
}

/** What one request says becomes what all say that say nothing else. */
export function makeDefault(form: BatchForm, id: string, name: string): BatchForm {
  const value = form.requests.find((request) => request.id === id)?.own[name];
  if (value === undefined) return form;
  return setParam(setDefault(form, name, value), [id], name, undefined);
}

export function replaceSheet(form: BatchForm, ids: readonly string[], sheet: Partial<Sheet>): BatchForm {
  return onEach(form, ids, (request) => ({ ...request, ...sheet }));
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
