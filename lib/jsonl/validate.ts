import type { FileDialect } from '#lib/model/file';
import type { FindingCode, Severity } from '#lib/model/finding';
import { checkLine, type LineReport, quoted } from './check-line.ts';
import type { Holder } from './examine-json.ts';
import { createFindingList, type Description, type Findings, grouped } from './finding-list.ts';
import { anyTarget, idPattern, type LineRules } from './line-rules.ts';
import { type LineText, lineText, startsWithBom, textSpan } from './line-text.ts';
import { maxLineBytes } from './split-lines.ts';

export type Summary = Findings & {
  requests: number;
  dialect: FileDialect | null;
  models: string[];
  endpoints: string[];
  lines: number;
};

export type Validator = {
  /** Lines in file order without their newline; null bytes stand for a line that was too long. Answers whether the line is without error. */
  line(bytes: Uint8Array | null, line: number, offset: number): boolean;
  finish(): Summary;
};

const namedAtMost = 100;
/** Memory grows with the number of ids only, up to so many of them. */
const mostRequests = 1_000_000;

/** One pass over the lines of a file. */
export function createValidator(given: Partial<LineRules> = {}): Validator {
  const rules = { ...anyTarget, ...given };
  const { requests: maxRequests = null, bytes: maxBytes = null } = rules.limits;
  const most = Math.min(maxRequests ?? mostRequests, mostRequests);
  const requestRules = {
    customIdPattern: idPattern(rules),
    outputTokens: new Map(Object.entries(rules.outputTokens)),
  };
  const list = createFindingList();
  const firstLineOf = new Map<string, number>();
  const models = new Set<string>();
  const endpoints = new Set<string>();
  let dialect: FileDialect | null = null;
  let requests = 0;
  let filled = 0;
  let lines = 0;
  let tooLarge = false;

  const checkTogether = (report: LineReport, add: Add, line: number) => {
    const { customId, indexOf, model, endpoint } = report;
    const say = (code: FindingCode, name: string, message: string, severity?: Severity, holder?: Holder) =>
      add(code, () => ({ index: indexOf(name, holder), message }), severity);
    requests++;
    if (requests === most + 1) {
      say('too_many_requests', '', `more than ${grouped(most)} requests. Split the file.`);
    }
    const firstLine = customId === null ? undefined : firstLineOf.get(customId);
    if (customId !== null && firstLine !== undefined) {
      add('duplicate_custom_id', () => ({
        index: indexOf('custom_id'),
        message: `\`custom_id\` repeats line ${grouped(firstLine)} (${quoted(customId)}).`,
        otherLine: firstLine,
      }));
    } else if (customId !== null && requests <= most) firstLineOf.set(customId, line);
    if (report.dialect) {
      const path = report.dialect === 'params' ? 'params' : 'body';
      dialect ??= report.dialect;
      if (dialect !== report.dialect) {
        say('mixed_dialects', path, `this line has \`${path}\`, the lines before have another form.`);
      } else if (rules.lines !== null && rules.lines !== dialect)
        say('wrong_dialect', path, wrongForm[dialect]);
      if (differs(models, model, rules.mixedModels)) {
        const message = `a second model${rules.mixedModels === null ? '. Some providers take one per batch.' : ', where one is taken per batch.'}`;
        const severity = rules.mixedModels === false ? 'error' : 'warning';
        say('mixed_models', 'model', message, severity, path);
      }
      if (differs(endpoints, endpoint, rules.mixedEndpoints)) {
        const message = `a second \`url\`${rules.mixedEndpoints === null ? '. Many providers take one per batch.' : ', where one is taken per batch.'}`;
        say('mixed_endpoints', 'url', message, rules.mixedEndpoints === false ? 'error' : 'warning');
      }
    }
  };

  return {
    line(bytes, line, offset) {
      lines = line;
      let isFine = true;
      let customId: string | null = null;
      let known: LineText | null = null;
      const at = () => {
        known ??= lineText(bytes, line, offset);
        return known;
      };
      const add: Add = (code, describe, severity) => {
        if (list.add(at, { code, customId, describe, severity })) isFine = false;
      };
      if (bytes === null) {
        filled++;
        const message = `longer than ${maxLineBytes / 1024 ** 2} MiB, the most one line may be.`;
        add('line_too_long', () => ({ index: 0, message }));
        return false;
      }
      const { start, end } = textSpan(bytes, line);
      if (line === 1 && startsWithBom(bytes)) add('bom', () => ({ index: 0, message: bom }));
      const report = checkLine(
        start === 0 && end === bytes.length ? bytes : bytes.subarray(start, end),
        requestRules,
      );
      customId = report.customId;
      if (report.kind === 'blank') add('blank_line', () => ({ index: 0, message: blank }));
      else filled++;
      for (const { code, describe, severity } of report.problems) add(code, describe, severity);
      if (report.kind === 'request') checkTogether(report, add, line);
      if (end < bytes.length) add('crlf', () => ({ index: textEnd(bytes, start, end), message: crlf }));
      if (maxBytes !== null && !tooLarge && offset + bytes.length > maxBytes) {
        tooLarge = true;
        const message = `the file is larger than ${grouped(maxBytes)} bytes from here on.`;
        add('too_many_bytes', () => ({ index: 0, message }));
      }
      return isFine;
    },
    finish() {
      if (filled === 0) {
        const describe = () => ({ index: 0, message: 'the file holds no requests.' });
        list.add(() => lineText(null, 1, 0), { code: 'no_requests', customId: null, describe });
      }
      return { requests, dialect, models: [...models], endpoints: [...endpoints], lines, ...list.result() };
    },
  };
}

type Add = (code: FindingCode, describe: () => Description, severity?: Severity) => void;

const bom = 'the file starts with a byte order mark, which is left out when sent.';
const blank = 'a blank line, which is left out when sent.';
const crlf = 'the line ends with CR LF; the CR is left out when sent.';
const wrongForm: Record<FileDialect, string> = {
  params: 'this connection takes lines with `method`, `url` and `body`, not `params`.',
  openai: 'this connection takes lines with `params`, not `body`.',
};

/** Where nobody knows the rule the first that differs is told, where it is forbidden each line that differs from the first. */
function differs(names: Set<string>, name: string | null, mayMix: boolean | null): boolean {
  if (name === null) return false;
  const [first] = names;
  const isNew = !names.has(name) && names.size < namedAtMost;
  if (isNew) names.add(name);
  if (mayMix === false) return first !== undefined && first !== name;
  return mayMix === null && isNew && names.size === 2;
}

const lossy = new TextDecoder('utf-8', { ignoreBOM: true });

function textEnd(bytes: Uint8Array, start: number, end: number): number {
  return lossy.decode(bytes.subarray(start, end)).length;
}
