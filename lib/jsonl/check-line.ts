import type { FileDialect } from '#lib/model/file';
import type { FindingCode } from '#lib/model/finding';
import { checkRequest } from './check-request.ts';
import { type Examined, examineJson, maxDepth } from './examine-json.ts';
import { isPlain } from './is-plain.ts';
import { columnAt, decodeUtf8, firstBadByte } from './utf8.ts';

export type Problem = {
  code: FindingCode;
  /** Worked out only for findings that are kept. */
  describe: () => { column: number; message: string };
};

/** What one line says, by itself. */
export type LineReport = {
  kind: 'blank' | 'unreadable' | 'request';
  problems: Problem[];
  dialect: FileDialect | null;
  customId: string | null;
  model: string | null;
  endpoint: string | null;
  /** The column of a member's value, or of the object where it is absent. */
  columnOf: (path: string) => number;
};

export type LineRules = { customIdPattern: RegExp | null };

export function checkLine(bytes: Uint8Array, rules: LineRules): LineReport {
  const text = decodeUtf8(bytes);
  if (text === null) return unreadable('invalid_utf8', () => badUtf8(bytes));
  if (text.charCodeAt(0) !== 0x7b && /^[ \t\r]*$/.test(text)) return { ...nothing, kind: 'blank' };
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
      column: columnAt(text, start()),
      message: `each line must be one JSON object, this is ${what}.`,
    }));
  }
  let known: Examined | null = null;
  const examined = () => {
    known ??= examineJson(text);
    return known;
  };
  const columnOf = (path: string) => columnAt(text, examined().places.get(path)?.value ?? start());
  const record = value as Record<string, unknown>;
  const problems = isPlain(text, record) ? [] : rarities(text, examined());
  if (problems[0]?.code === 'too_deep') return { ...nothing, kind: 'unreadable', problems };
  const request = checkRequest(record, rules);
  for (const { code, path, message } of request.problems) {
    problems.push({ code, describe: () => ({ column: columnOf(path), message }) });
  }
  const { dialect, customId, model, endpoint } = request;
  return { kind: 'request', problems, dialect, customId, model, endpoint, columnOf };
}

const nothing = {
  problems: [],
  dialect: null,
  customId: null,
  model: null,
  endpoint: null,
  columnOf: () => 1,
} satisfies Omit<LineReport, 'kind'>;

function unreadable(code: FindingCode, describe: Problem['describe']): LineReport {
  return { ...nothing, kind: 'unreadable', problems: [{ code, describe }] };
}

function badUtf8(bytes: Uint8Array): { column: number; message: string } {
  const at = firstBadByte(bytes);
  const before = decodeUtf8(bytes.subarray(0, at)) ?? '';
  const byte = (bytes[at] ?? 0).toString(16).padStart(2, '0');
  return {
    column: columnAt(before, before.length),
    message: `byte 0x${byte} is not UTF-8. Save the file as UTF-8.`,
  };
}

function broken(text: string): LineReport {
  const nul = text.indexOf('\0');
  if (nul !== -1) {
    return unreadable('nul_byte', () => ({
      column: columnAt(text, nul),
      message: 'a NUL byte stands here. JSON writes it as `\\u0000`.',
    }));
  }
  const examined = examineJson(text);
  if (examined.tooDeep !== null)
    return { ...nothing, kind: 'unreadable', problems: rarities(text, examined) };
  const { at, message } = examined.broken ?? { at: 0, message: 'the line cannot be read' };
  return unreadable('invalid_json', () => ({
    column: columnAt(text, at),
    message: `not valid JSON: ${message}.`,
  }));
}

function rarities(text: string, examined: Examined): Problem[] {
  const problems: Problem[] = [];
  const add = (code: FindingCode, at: number, message: string) =>
    problems.push({ code, describe: () => ({ column: columnAt(text, at), message }) });
  const { tooDeep, duplicateKeys, unsafeNumber, loneSurrogate } = examined;
  if (tooDeep !== null) add('too_deep', tooDeep, `nested deeper than ${maxDepth} levels.`);
  for (const { at, key } of duplicateKeys) {
    add('duplicate_key', at, `the key ${quoted(key)} stands twice in one object.`);
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

/** Text from a file as a message shows it: short, on one line, nothing invisible. */
export function quoted(text: string): string {
  const short = text.length > 80 ? `${text.slice(0, 79).toWellFormed()}…` : text;
  const visible = short.replace(
    /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu,
    (sign) => `\\u${(sign.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
  return `\`${visible}\``;
}
