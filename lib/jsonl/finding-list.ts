import {
  type CodeCounts,
  type Finding,
  type FindingCode,
  keptFindings,
  type Severity,
  severityOf,
} from '#lib/model/finding';
import type { LineText } from './line-text.ts';

export type Description = { index: number; message: string; otherLine?: number };

export type NewFinding = {
  code: FindingCode;
  customId: string | null;
  /** Only where it is not that of the code. */
  severity?: Severity;
  /** Worked out only for findings that are kept. */
  describe: () => Description;
};

export type Findings = { errors: number; warnings: number; codes: CodeCounts; findings: Finding[] };

export type FindingList = {
  /** Answers whether it is an error. The line is looked at only where the finding is kept. */
  add(at: () => LineText, finding: NewFinding): boolean;
  result(): Findings;
};

/** Where every line says the same, a few stand for all. */
const saidByAll: ReadonlySet<FindingCode> = new Set([
  'crlf',
  'blank_line',
  'wrong_dialect',
  'other_endpoint',
]);
const fewOfThose = 3;
/** So many of each code are kept, however many of another come before. */
const surelyKept = 10;

/** Counts everything and keeps a thousand: some of each code, then errors before warnings, as they stand in the file. */
export function createFindingList(): FindingList {
  const kept = new Map<string, Finding[]>();
  const codes: CodeCounts = {};
  const counts = { error: 0, warning: 0 };
  return {
    add(at, { code, customId, severity = severityOf(code), describe }) {
      counts[severity]++;
      codes[code] = (codes[code] ?? 0) + 1;
      const alike = kept.get(`${severity} ${code}`) ?? [];
      if (alike.length < (saidByAll.has(code) ? fewOfThose : keptFindings)) {
        alike.push(found(at(), code, severity, customId, describe()));
        kept.set(`${severity} ${code}`, alike);
      }
      return severity === 'error';
    },
    result() {
      const lists = [...kept.values()];
      const sure = lists.flatMap((alike) => alike.slice(0, surelyKept));
      const rest = lists
        .flatMap((alike) => alike.slice(surelyKept))
        .sort((a, b) => Number(a.severity === 'warning') - Number(b.severity === 'warning') || inOrder(a, b));
      const findings = [...sure, ...rest.slice(0, keptFindings - sure.length)].sort(inOrder);
      return { errors: counts.error, warnings: counts.warning, codes, findings };
    },
  };
}

function found(
  at: LineText,
  code: FindingCode,
  severity: Severity,
  customId: string | null,
  { index, message, otherLine }: Description,
): Finding {
  const column = at.columnAt(index);
  return {
    line: at.line,
    column,
    severity,
    code,
    message: `Line ${grouped(at.line)}, column ${grouped(column)}: ${message}`,
    ...(customId !== null && customId !== '' && customId.length <= 256 && { customId }),
    ...(otherLine !== undefined && { otherLine }),
    ...(at.place && { place: at.place, snippet: at.snippetAt(index) }),
  };
}

function inOrder(a: Finding, b: Finding): number {
  return a.line - b.line || a.column - b.column;
}

/** 1204 as `1,204`, alike on server and browser. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}
