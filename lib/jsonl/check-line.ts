import type { FileDialect } from '#lib/model/file';
import { checkRequest, type RequestRules } from './check-request.ts';
import { type Examined, examineJson, type Holder, maxDepth } from './examine-json.ts';
import type { NewFinding } from './finding-list.ts';
import { isPlain } from './is-plain.ts';
import { visible } from './line-text.ts';
import { decodeUtf8, firstBadByte } from './utf8.ts';

/** What one line says, by itself. Indexes are those of its text. */
export type LineReport = {
  kind: 'blank' | 'unreadable' | 'request';
  problems: Omit<NewFinding, 'customId'>[];
  dialect: FileDialect | null;
  customId: string | null;
  model: string | null;
  endpoint: string | null;
  /** Where a member's value starts, or the object where it is absent. */
  indexOf: (name: string, holder?: Holder) => number;
};

type Problem = LineReport['problems'][number];

/** `bytes` are those of the text: no byte order mark, no newline. */
export function checkLine(bytes: Uint8Array, rules: RequestRules): LineReport {
  if (bytes.length === 0) return blank;
  const text = decodeUtf8(bytes);
  if (text === null) return unreadable('invalid_utf8', () => badUtf8(bytes));
  if (text.charCodeAt(0) !== 0x7b && /^[ \t\r]*$/.test(text)) return blank;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return broken(text);
  }
  const start = () => text.search(/[^ \t\r]/);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const what = Array.isArray(value) ? 'an array' : 'a single value';
    return unreadable('not_an_object', () => ({
      index: start(),
      message: `each line must be one JSON object, this is ${what}.`,
    }));
  }
  let known: Examined | null = null;
  const examined = () => {
    known ??= examineJson(text);
    return known;
  };
  const indexOf = (name: string, holder: Holder = '') =>
    examined().places[holder].get(name)?.value ?? start();
  const record = value as Record<string, unknown>;
  const problems = isPlain(text, record) ? [] : rarities(examined());
  if (problems[0]?.code === 'too_deep') return { ...nothing, kind: 'unreadable', problems };
  const request = checkRequest(record, rules);
  for (const { code, name, holder, message } of request.problems) {
    problems.push({ code, describe: () => ({ index: indexOf(name, holder), message }) });
  }
  const { dialect, customId, model, endpoint } = request;
  return { kind: 'request', problems, dialect, customId, model, endpoint, indexOf };
}

const nothing = {
  problems: [],
  dialect: null,
  customId: null,
  model: null,
  endpoint: null,
  indexOf: () => 0,
} satisfies Omit<LineReport, 'kind'>;
const blank: LineReport = { ...nothing, kind: 'blank' };

function unreadable(code: Problem['code'], describe: Problem['describe']): LineReport {
  return { ...nothing, kind: 'unreadable', problems: [{ code, describe }] };
}

function badUtf8(bytes: Uint8Array) {
  const at = firstBadByte(bytes);
  const byte = (bytes[at] ?? 0).toString(16).padStart(2, '0');
  return {
    index: decodeUtf8(bytes.subarray(0, at))?.length ?? 0,
    message: `byte 0x${byte} is not UTF-8. Save the file as UTF-8.`,
  };
}

function broken(text: string): LineReport {
  const nul = text.indexOf('\0');
  if (nul !== -1) {
    return unreadable('nul_byte', () => ({
      index: nul,
      message: 'a NUL byte stands here. JSON writes it as `\\u0000`.',
    }));
  }
  const examined = examineJson(text);
  if (examined.tooDeep !== null) return { ...nothing, kind: 'unreadable', problems: rarities(examined) };
  const { at, message } = examined.broken ?? { at: 0, message: 'the line cannot be read' };
  return unreadable('invalid_json', () => ({ index: at, message: `not valid JSON: ${message}.` }));
}

function rarities({ tooDeep, duplicateKeys, unsafeNumber, loneSurrogate }: Examined): Problem[] {
  const problems: Problem[] = [];
  const add = (code: Problem['code'], index: number, message: string, severity?: Problem['severity']) =>
    problems.push({ code, severity, describe: () => ({ index, message }) });
  if (tooDeep !== null) add('too_deep', tooDeep, `nested deeper than ${maxDepth} levels.`);
  for (const { at, key, parts } of duplicateKeys) {
    const message = `the key ${quoted(key)} stands twice in one object.`;
    add('duplicate_key', at, message, parts ? 'error' : 'warning');
  }
  if (unsafeNumber) {
    const { at, literal } = unsafeNumber;
    add('unsafe_number', at, `many programs would change the number ${literal.slice(0, 40)}.`);
  }
  if (loneSurrogate !== null) {
    add('lone_surrogate', loneSurrogate, 'half of a surrogate pair is not a character.');
  }
  return problems;
}

/** Text from a file as a message shows it: short, on one line. */
export function quoted(text: string): string {
  return `\`${visible(text.length > 80 ? `${text.slice(0, 79).toWellFormed()}…` : text)}\``;
}
