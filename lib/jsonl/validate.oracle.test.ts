import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { CodeCounts, Finding } from '#lib/model/finding';
import { type Expected, type MadeFile, makeFile, seeded } from './oracle-kit.ts';
import type { Random } from './oracle-line-kit.ts';
import { sniff, sniffedBytes } from './sniff.ts';
import { createLineSplitter } from './split-lines.ts';
import { createValidator, type Summary } from './validate.ts';

const files = Number(process.env.ORACLE_FILES ?? 400);
const longestMs = 600_000;

function validate({ bytes, rules }: MadeFile, random: Random): Summary {
  const splitter = createLineSplitter();
  const validator = createValidator(rules);
  for (let at = 0; at < bytes.length; ) {
    const next = at + 1 + random(200);
    splitter.push(bytes.subarray(at, next), (found) => validator.line(found.bytes, found.line, found.offset));
    at = next;
  }
  splitter.end((found) => validator.line(found.bytes, found.line, found.offset));
  return validator.finish();
}

/** Where every line says the same, three stand for all. */
const saidByAll = ['crlf', 'blank_line', 'wrong_dialect', 'other_endpoint'];

function kept(expected: Expected[]): Expected[] {
  return expected.filter((one, n) => {
    const alike = expected.slice(0, n).filter(({ code }) => code === one.code);
    return !saidByAll.includes(one.code) || alike.length < 3;
  });
}

function counted(expected: Expected[]): CodeCounts {
  const codes: Record<string, number> = {};
  for (const { code } of expected) codes[code] = (codes[code] ?? 0) + 1;
  return codes;
}

const shown = ({ line, column, severity, code, otherLine }: Expected | Finding) =>
  `${line}:${column} ${severity} ${code}${otherLine ? ` (${otherLine})` : ''}`;

test(
  `${files} made-up files are judged as they were made`,
  () => {
    for (let seed = 1; seed <= files; seed++) {
      const random = seeded(seed);
      const made = makeFile(random);
      const summary = validate(made, random);
      const told = `seed ${seed}, ${JSON.stringify(made.rules)}\n${new TextDecoder().decode(made.bytes)}`;
      expect(summary.findings.map(shown).sort(), told).toEqual(kept(made.expected).map(shown).sort());
      expect(summary.codes, told).toEqual(counted(made.expected));
      const errors = made.expected.filter(({ severity }) => severity === 'error').length;
      expect([summary.errors, summary.warnings], told).toEqual([errors, made.expected.length - errors]);
    }
  },
  longestMs,
);

test.skipIf(process.platform === 'win32')(
  'a line is the one that `sed -n Np` prints',
  () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'batchdeck-sed-'));
    const file = path.join(folder, 'made.jsonl');
    try {
      for (let seed = 1; seed <= Math.ceil(files / 20); seed++) {
        const random = seeded(seed);
        const made = makeFile(random);
        const { findings } = validate(made, random);
        writeFileSync(file, made.bytes);
        const finding = findings[random(findings.length)];
        if (!finding?.place) continue;
        const printed = execFileSync('sed', ['-n', `${finding.line}p`, file], {
          env: { ...process.env, LC_ALL: 'C' },
        });
        const { offset, bytes } = finding.place;
        const read = Buffer.from(made.bytes.subarray(offset, offset + bytes)).toString('latin1');
        expect(bare(printed.toString('latin1')), `seed ${seed}, ${shown(finding)}`).toBe(read);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
  longestMs,
);

/** Without what is no part of a line's text. */
function bare(line: string): string {
  return line.replace(/\r?\n$/, '').replace(/^\u00ef\u00bb\u00bf/, '');
}

test(
  'files that are no UTF-8 text are told by their first bytes, all others are read',
  () => {
    for (let seed = 1; seed <= Math.ceil(files / 4); seed++) {
      const { bytes } = makeFile(seeded(seed));
      const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
      const what = (file: Uint8Array) => sniff(file.subarray(0, sniffedBytes))?.what ?? null;
      expect(what(bytes), `seed ${seed}`).toBe(bytes.length === 0 ? 'empty' : null);
      expect(what(gzipSync(bytes))).toBe('gzip');
      expect(what(Buffer.concat([Buffer.from('PK\u0003\u0004'), bytes]))).toBe('zip');
      expect(what(Buffer.from(`\ufeff${text}`, 'utf16le'))).toBe('utf-16');
    }
  },
  longestMs,
);
