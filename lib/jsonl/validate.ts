import type { FileDialect } from '#lib/model/file';
import type { Finding } from '#lib/model/finding';
import { checkLine, type LineReport, quoted } from './check-line.ts';
import { createFindingList, type FindingList, grouped } from './finding-list.ts';
import { maxLineBytes } from './split-lines.ts';
import { columnAt, decodeUtf8 } from './utf8.ts';

export type ValidatorOptions = {
  maxRequests?: number;
  maxBytes?: number;
  /** A connection's own rule for ids, as a regular expression for the whole id. */
  customIdPattern?: string | null;
};

export type Summary = {
  requests: number;
  dialect: FileDialect | null;
  models: string[];
  endpoints: string[];
  errors: number;
  warnings: number;
  findings: Finding[];
  lines: number;
};

export type Validator = {
  /** Lines in file order without their newline; null bytes stand for a line that was too long. */
  line(bytes: Uint8Array | null, line: number, offset: number): void;
  finish(): Summary;
};

const namedAtMost = 100;

/** One pass over the lines of a file. Memory grows with the number of ids only, up to `maxRequests` of them. */
export function createValidator(options: ValidatorOptions = {}): Validator {
  const { maxRequests = 1_000_000, maxBytes = Number.MAX_SAFE_INTEGER } = options;
  const rules = {
    customIdPattern: options.customIdPattern ? new RegExp(options.customIdPattern, 'u') : null,
  };
  const list = createFindingList();
  const firstLineOf = new Map<string, number>();
  const models = new Set<string>();
  const endpoints = new Set<string>();
  let dialect: FileDialect | null = null;
  let requests = 0;
  let filled = 0;
  let lines = 0;
  let tooMany = false;

  const checkTogether = (report: LineReport, line: number) => {
    const { customId, columnOf } = report;
    const add = (code: Parameters<FindingList['add']>[1], path: string, message: string) =>
      list.add(line, code, customId, () => ({ column: columnOf(path), message }));
    requests++;
    if (requests === maxRequests + 1) {
      add('too_many_requests', '', `more than ${grouped(maxRequests)} requests. Split the file.`);
    }
    const firstLine = customId === null ? undefined : firstLineOf.get(customId);
    if (customId !== null && firstLine !== undefined) {
      list.add(line, 'duplicate_custom_id', customId, () => ({
        column: columnOf('custom_id'),
        message: `\`custom_id\` repeats line ${grouped(firstLine)} (${quoted(customId)}).`,
        otherLine: firstLine,
      }));
    } else if (customId !== null && requests <= maxRequests) firstLineOf.set(customId, line);
    if (report.dialect) {
      dialect ??= report.dialect;
      if (dialect !== report.dialect) {
        const path = report.dialect === 'params' ? 'params' : 'body';
        add('mixed_dialects', path, `this line has \`${path}\`, the lines before have another form.`);
      }
    }
    if (isSecond(models, report.model)) {
      const path = report.dialect === 'params' ? 'params.model' : 'body.model';
      add('mixed_models', path, 'more than one model from here on. Some providers take one per batch.');
    }
    if (isSecond(endpoints, report.endpoint)) {
      add('mixed_endpoints', 'url', 'more than one `url` from here on. Providers take one per batch.');
    }
  };

  return {
    line(given, line, offset) {
      lines = line;
      let bytes = given;
      if (bytes === null) {
        filled++;
        const message = `longer than ${maxLineBytes / 1024 ** 2} MiB, the most one line may be.`;
        list.add(line, 'line_too_long', null, () => ({ column: 1, message }));
        return;
      }
      const end = offset + bytes.length;
      if (line === 1 && startsWithBom(bytes)) {
        bytes = bytes.subarray(3);
        const message = 'the file starts with a byte order mark, which is left out when sent.';
        list.add(line, 'bom', null, () => ({ column: 1, message }));
      }
      const own = bytes;
      const report = checkLine(own, rules);
      if (report.kind === 'blank') list.add(line, 'blank_line', null, blank);
      else filled++;
      for (const { code, describe } of report.problems) list.add(line, code, report.customId, describe);
      if (report.kind === 'request') checkTogether(report, line);
      if (own.at(-1) === 0x0d) list.add(line, 'crlf', report.customId, () => carriageReturn(own));
      if (!tooMany && end > maxBytes) {
        tooMany = true;
        const message = `the file is larger than ${grouped(maxBytes)} bytes from here on.`;
        list.add(line, 'too_many_bytes', report.customId, () => ({ column: 1, message }));
      }
    },
    finish() {
      if (filled === 0) {
        const message = 'the file holds no requests.';
        list.add(1, 'no_requests', null, () => ({ column: 1, message }));
      }
      return { requests, dialect, models: [...models], endpoints: [...endpoints], lines, ...list.result() };
    },
  };
}

/** Adds a name and tells whether it is the first that differs. */
function isSecond(names: Set<string>, name: string | null): boolean {
  if (name === null || names.has(name) || names.size >= namedAtMost) return false;
  names.add(name);
  return names.size === 2;
}

function startsWithBom(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}

function blank() {
  return { column: 1, message: 'a blank line, which is left out when sent.' };
}

function carriageReturn(bytes: Uint8Array) {
  const text = decodeUtf8(bytes.subarray(0, -1)) ?? '';
  return {
    column: columnAt(text, text.length),
    message: 'the line ends with CR LF; the CR is left out when sent.',
  };
}
