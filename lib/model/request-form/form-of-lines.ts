import { type BatchForm, emptySheet, newRequest, type ShapeName } from './form.ts';
import { type Json, type Members, sameJson } from './json.ts';
import { readLine } from './read.ts';
import { paramsNamed, shapes } from './shapes.ts';

/** More than JavaScript counts exactly: written out again it would be another number. */
const hugeNumber = /[:[,]\s*-?\d{16,}/;

/**
 * The lines of a file as the form would have written them, in the first shape that all of them have: what they say
 * alike is said once, as a default. Null where a line has no place in a form.
 */
export function formOfLines(text: string, names: readonly ShapeName[]): BatchForm | null {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .filter((line) => line.trim() !== '');
  if (lines.length === 0 || hugeNumber.test(text)) return null;
  const parsed = lines.map(parse);
  for (const shape of names) {
    const bare = read({ shape, defaults: emptySheet, requests: [] }, parsed);
    if (bare) return read({ ...bare, defaults: { ...emptySheet, own: sharedBy(bare) } }, parsed);
  }
  return null;
}

function parse(line: string): Json {
  try {
    return JSON.parse(line) as Json;
  } catch {
    return null;
  }
}

function read(form: BatchForm, lines: Json[]): BatchForm | null {
  const requests = [];
  for (const line of lines) {
    const told = readLine(form, line);
    if ('problem' in told) return null;
    requests.push({ ...newRequest(told.customId), ...told.sheet });
  }
  return { ...form, requests };
}

function sharedBy({ shape, requests }: BatchForm): Members {
  const [first, ...others] = requests;
  const shared = Object.entries(first?.own ?? {}).filter(
    ([name, value]) =>
      !paramsNamed(shapes[shape], name).some(({ perRequest }) => perRequest) &&
      others.every(({ own }) => Object.hasOwn(own, name) && sameJson(own[name], value)),
  );
  return Object.fromEntries(shared);
}
