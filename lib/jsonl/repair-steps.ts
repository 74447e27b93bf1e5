import type { Repair } from '#lib/model/repair';
import { convertText } from './convert-text.ts';
import { type Editable, editable, withMember } from './edit-json.ts';
import type { FreeIds } from './free-ids.ts';
import type { LineRules } from './line-rules.ts';
import { startsWithBom, textSpan, withText } from './line-text.ts';
import { decodeUtf8 } from './utf8.ts';
import { createValidator } from './validate.ts';

/** What becomes of a line: the same reference where nothing changes, null where it is left out. Null bytes are a line too long to be read. */
export type Step = (bytes: Uint8Array | null, line: number) => Uint8Array | null | 'untouched';

export type StepGround = {
  rules: LineRules;
  ids: FreeIds;
  /** What a person should know of a line that was changed. */
  note: (text: string) => void;
};

export function stepFor(repair: Repair, ground: StepGround): Step {
  switch (repair.kind) {
    case 'edit_lines':
      return editLines(new Map(repair.lines.map(({ line, text }) => [line, text])));
    case 'drop_bad_lines':
      return dropBadLines(ground.rules);
    case 'add_ids':
      return onText((line, n) => addId(line, n, ground.ids));
    case 'unique_ids':
      return onText(uniqueIds(ground.ids));
    case 'strip_bom':
      return (bytes, line) => (line === 1 && bytes && startsWithBom(bytes) ? bytes.subarray(3) : 'untouched');
    case 'newlines':
      return plainEnd;
    case 'set_model':
      return onText((line) => inPayload(line, 'model', JSON.stringify(repair.model)));
    case 'set_parameter':
      return onText((line) => inPayload(line, repair.name, repair.json));
    case 'convert':
      return onText((line) => convertText(line, repair, ground.note));
  }
}

/** Steps that work on the text of a line; what is no request stays as it is. */
function onText(change: (line: Editable, n: number) => string): Step {
  return (bytes, line) => {
    if (!bytes) return 'untouched';
    const { start, end } = textSpan(bytes, line);
    const text = decodeUtf8(bytes.subarray(start, end));
    const read = text === null ? null : editable(text);
    if (!read) return 'untouched';
    const changed = change(read, line);
    return changed === text ? 'untouched' : withText(bytes, line, changed);
  };
}

function editLines(edits: Map<number, string | null>): Step {
  return (bytes, line) => {
    const text = edits.get(line);
    if (text === undefined) return 'untouched';
    if (text === null) return null;
    // A newline outside of text is space to JSON, and would be two lines here.
    return withText(bytes ?? new Uint8Array(), line, text.replace(/[\r\n]+/g, ' '));
  };
}

/** A file too large for its target has no bad line for that: what stands behind the limit is not bad. */
function dropBadLines(rules: LineRules): Step {
  const validator = createValidator({ ...rules, limits: { requests: null, bytes: null } });
  return (bytes, line) => (validator.line(bytes, line, 0) ? 'untouched' : null);
}

function plainEnd(bytes: Uint8Array | null, line: number): Uint8Array | null | 'untouched' {
  if (!bytes) return 'untouched';
  const { start, end } = textSpan(bytes, line);
  if (bytes.subarray(start, end).every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d))
    return null;
  return end === bytes.length ? 'untouched' : bytes.subarray(0, end);
}

/** Numbers become their digits in quotes, what is missing or no id becomes `row-` with its line. */
function addId(line: Editable, n: number, ids: FreeIds): string {
  const { text, places, payload } = line;
  const place = places[''].get('custom_id');
  const id = place && text.slice(place.value, place.end);
  if (payload === null && id === undefined) return text;
  if (id?.startsWith('"') && id !== '""') return text;
  const free = (id && /^-?\d+$/.test(id) ? ids.itself(id) : null) ?? ids.forLine(n);
  return withMember(line, '', 'custom_id', JSON.stringify(free));
}

/** The first to have an id keeps it. */
function uniqueIds(ids: FreeIds): (line: Editable) => string {
  const seen = new Set<string>();
  return (line) => {
    const id = idOf(line);
    if (id === null || id === '') return line.text;
    if (!seen.has(id)) {
      seen.add(id);
      return line.text;
    }
    return withMember(line, '', 'custom_id', JSON.stringify(ids.like(id)));
  };
}

function idOf({ text, places }: Editable): string | null {
  const place = places[''].get('custom_id');
  const value: unknown = place ? JSON.parse(text.slice(place.value, place.end)) : null;
  return typeof value === 'string' ? value : null;
}

function inPayload(line: Editable, name: string, json: string | null): string {
  return line.payload === null ? line.text : withMember(line, line.payload, name, json);
}
