import { errorCodes, type Finding, type FindingCode, keptFindings } from '#lib/model/finding';

type Description = { column: number; message: string; otherLine?: number };

export type FindingList = {
  add(line: number, code: FindingCode, customId: string | null, describe: () => Description): void;
  result(): { errors: number; warnings: number; findings: Finding[] };
};

const errorSet: ReadonlySet<string> = new Set(errorCodes);

/** Counts everything and keeps the first thousand; warnings make room for errors, whatever came first. */
export function createFindingList(): FindingList {
  const kept: Record<Finding['severity'], Finding[]> = { error: [], warning: [] };
  const counts = { error: 0, warning: 0 };
  return {
    add(line, code, customId, describe) {
      const severity = errorSet.has(code) ? 'error' : 'warning';
      counts[severity]++;
      if (kept[severity].length >= keptFindings) return;
      const { column, message, otherLine } = describe();
      kept[severity].push({
        line,
        column,
        severity,
        code,
        message: `Line ${grouped(line)}, column ${grouped(column)}: ${message}`,
        ...(customId !== null && customId !== '' && customId.length <= 256 && { customId }),
        ...(otherLine !== undefined && { otherLine }),
      });
    },
    result() {
      const room = keptFindings - kept.error.length;
      const findings = [...kept.error, ...kept.warning.slice(0, room)];
      findings.sort((a, b) => a.line - b.line || a.column - b.column);
      return { errors: counts.error, warnings: counts.warning, findings };
    },
  };
}

/** 1204 as `1,204`, alike on server and browser. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}
