import { checkLine } from './check-line.ts';
import { type AddFinding, compareLines, type Facts } from './compare-lines.ts';
import { createFindingList, type Findings, grouped } from './finding-list.ts';
import { anyTarget, idPattern, type LineRules } from './line-rules.ts';
import { type LineText, lineText, startsWithBom, textSpan } from './line-text.ts';
import { maxLineBytes } from './split-lines.ts';

export type Summary = Findings & Facts & { lines: number };

export type Validator = {
  /** Lines in file order without their newline; null bytes stand for a line that was too long. Answers whether the line is without error. */
  line(bytes: Uint8Array | null, line: number, offset: number): boolean;
  finish(): Summary;
};

/** Memory grows with the number of ids only, up to so many of them. */
const mostRequests = 1_000_000;

/** One pass over the lines of a file. */
export function createValidator(given: Partial<LineRules> = {}): Validator {
  const rules = { ...anyTarget, ...given };
  const { requests: maxRequests = null, bytes: maxBytes = null } = rules.limits;
  const own = {
    customIdPattern: idPattern(rules),
    outputTokens: new Map(Object.entries(rules.outputTokens)),
  };
  const list = createFindingList();
  const others = compareLines(rules, Math.min(maxRequests ?? mostRequests, mostRequests));
  let filled = 0;
  let lines = 0;
  let isTooLarge = false;

  const checkText = (
    bytes: Uint8Array,
    line: number,
    find: AddFinding,
    name: (id: string | null) => void,
  ) => {
    const { start, end } = textSpan(bytes, line);
    if (line === 1 && startsWithBom(bytes)) find('bom', () => ({ index: 0, message: bom }));
    const isWhole = start === 0 && end === bytes.length;
    const report = checkLine(isWhole ? bytes : bytes.subarray(start, end), own);
    name(report.customId);
    if (report.kind === 'blank') find('blank_line', () => ({ index: 0, message: blank }));
    else filled++;
    for (const { code, describe, severity } of report.problems) find(code, describe, severity);
    if (report.kind === 'request') others.add(report, line, find);
    if (end < bytes.length)
      find('crlf', () => ({ index: signsIn(bytes.subarray(start, end)), message: crlf }));
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
      const find: AddFinding = (code, describe, severity) => {
        if (list.add(at, { code, customId, describe, severity })) isFine = false;
      };
      if (bytes === null) {
        filled++;
        find('line_too_long', () => ({ index: 0, message: tooLong }));
        return false;
      }
      checkText(bytes, line, find, (id) => {
        customId = id;
      });
      if (maxBytes !== null && !isTooLarge && offset + bytes.length > maxBytes) {
        isTooLarge = true;
        const message = `the file is larger than ${grouped(maxBytes)} bytes from here on.`;
        find('too_many_bytes', () => ({ index: 0, message }));
      }
      return isFine;
    },
    finish() {
      if (filled === 0) {
        const describe = () => ({ index: 0, message: 'the file holds no requests.' });
        list.add(() => lineText(null, 1, 0), { code: 'no_requests', customId: null, describe });
      }
      return { ...others.facts(), lines, ...list.result() };
    },
  };
}

const bom = 'the file starts with a byte order mark, which is left out when sent.';
const blank = 'a blank line, which is left out when sent.';
const crlf = 'the line ends with CR LF; the CR is left out when sent.';
const tooLong = `longer than ${maxLineBytes / 1024 ** 2} MiB, the most one line may be.`;

const lossy = new TextDecoder('utf-8', { ignoreBOM: true });

function signsIn(bytes: Uint8Array): number {
  return lossy.decode(bytes).length;
}
