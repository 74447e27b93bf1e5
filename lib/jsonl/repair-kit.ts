import type { Repair, RepairReport } from '#lib/model/repair';
import { createFreeIds } from './free-ids.ts';
import { idIn } from './id-in.ts';
import { anyTarget, idPattern, type LineRules } from './line-rules.ts';
import { createRepairer } from './repair-lines.ts';
import { createLineSplitter, type Line } from './split-lines.ts';
import { createValidator, type Summary } from './validate.ts';

/** A whole file in memory, repaired: for tests. */
export function repaired(
  file: string | Uint8Array,
  repairs: Repair[],
  rules: LineRules = anyTarget,
): { bytes: Uint8Array; text: string; report: RepairReport } {
  const bytes = typeof file === 'string' ? new TextEncoder().encode(file) : file;
  const taken = new Set<string>();
  for (const line of linesIn(bytes)) taken.add(idIn(line.bytes) ?? '');
  const repairer = createRepairer(repairs, {
    rules,
    ids: createFreeIds(taken, idPattern(rules)),
    size: bytes.length,
  });
  const out: Uint8Array[] = [];
  for (const line of linesIn(bytes)) {
    const piece = repairer.line(line);
    if (piece) out.push(piece.isNew && piece.bytes ? piece.bytes : bytes.subarray(piece.from, piece.to));
  }
  const whole = Uint8Array.from(out.flatMap((piece) => [...piece]));
  return {
    bytes: whole,
    text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(whole),
    report: repairer.report(),
  };
}

export function linesIn(bytes: Uint8Array): Line[] {
  const splitter = createLineSplitter();
  const lines: Line[] = [];
  splitter.push(bytes, (line) => lines.push(line));
  splitter.end((line) => lines.push(line));
  return lines;
}

export function judged(bytes: Uint8Array, rules: LineRules = anyTarget): Summary {
  const validator = createValidator(rules);
  for (const { bytes: own, line, offset } of linesIn(bytes)) validator.line(own, line, offset);
  return validator.finish();
}
