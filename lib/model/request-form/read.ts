import { paramsOf } from './compose.ts';
import type { BatchForm, Sheet } from './form.ts';
import { isMembers, type Json, type Members, memberOf, sameJson } from './json.ts';
import { paramsNamed, type Shape, shapes } from './shapes.ts';

/** One line as the form would have it, or why it has no place there. */
export type ReadLine = { customId: string; sheet: Sheet } | { problem: string };

/** What a line says that the defaults do not say already is the request's own. */
export function readLine(form: Pick<BatchForm, 'shape' | 'defaults'>, line: Json): ReadLine {
  const shape = shapes[form.shape];
  if (!isMembers(line)) return { problem: 'a request is one JSON object.' };
  const place = shape.url === null ? 'params' : 'body';
  const problem = strayIn(shape, line, place);
  if (problem) return { problem };
  const customId = memberOf(line, 'custom_id') ?? '';
  const body = memberOf(line, place) ?? {};
  if (typeof customId !== 'string') return { problem: '`custom_id` must be text in quotes.' };
  if (!isMembers(body)) return { problem: `\`${place}\` must be an object.` };
  return { customId, sheet: sheetOf(form, paramsOf(shape, body)) };
}

/** Defaults as their JSON says them. */
export function readDefaults(shape: Shape, value: Json): { sheet: Sheet } | { problem: string } {
  if (!isMembers(value)) return { problem: 'the defaults are one JSON object.' };
  const own = Object.keys(value).find((name) => paramsNamed(shape, name).some((param) => param.perRequest));
  if (own) return { problem: `\`${own}\` belongs to each request, not to the defaults.` };
  return { sheet: { own: value, omit: [], extraText: null } };
}

function strayIn(shape: Shape, line: Members, place: 'params' | 'body'): string | null {
  const known = shape.url === null ? ['custom_id', place] : ['custom_id', 'method', 'url', place];
  const stray = Object.keys(line).find((name) => !known.includes(name));
  if (stray !== undefined) return `\`${stray}\` has no place beside \`custom_id\` and \`${place}\` here.`;
  if (shape.url === null) return null;
  if ((memberOf(line, 'method') ?? 'POST') !== 'POST') return '`method` must be "POST".';
  const url = memberOf(line, 'url') ?? shape.url;
  return url === shape.url ? null : `\`url\` must be "${shape.url}". Choose another endpoint above.`;
}

function sheetOf({ shape, defaults }: Pick<BatchForm, 'shape' | 'defaults'>, params: Members): Sheet {
  const own = Object.entries(params).filter(
    ([name, value]) =>
      paramsNamed(shapes[shape], name).some((param) => param.perRequest) ||
      !sameJson(memberOf(defaults.own, name), value),
  );
  return {
    own: Object.fromEntries(own),
    omit: Object.keys(defaults.own).filter((name) => !Object.hasOwn(params, name)),
    extraText: null,
  };
}
