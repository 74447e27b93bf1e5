import type { LineRules } from '#lib/jsonl/line-rules';
import type { Summary } from '#lib/jsonl/validate';
import type { Finding } from '#lib/model/finding';
import type { Clashes } from './merge-files.ts';

export type Check =
  | { state: 'checking'; bytes: number; total: number; rate: number | null }
  | { state: 'done'; summary: Summary }
  | { state: 'failed'; message: string };

/** One file of the person's, as it is now. */
export type PickedFile = {
  key: string;
  name: string;
  blob: Blob;
  check: Check;
  /** The last judgement, shown while the next is being made. */
  summary: Summary | null;
  /** What was done to it, the newest last, each with the file as it was before. */
  repairs: { title: string; before: Blob }[];
};

/** Several files as one: in the making, made, or not to be made. */
export type Whole = { blob: Blob | null; check: Check; clashes: Clashes[] };

export type PickedFiles = {
  files: PickedFile[];
  /** What several files become. */
  become: 'one' | 'each';
  whole: Whole | null;
};

export const nothingPicked: PickedFiles = { files: [], become: 'one', whole: null };

/** All that is picked, told as if it were one file. */
export type Overall = {
  file: { size: number } | null;
  state: 'idle' | 'checking' | 'done' | 'failed';
  summary: Summary | null;
  error: string | null;
};

export function overall({ files, become, whole }: PickedFiles): Overall {
  if (files.length === 0) return { file: null, state: 'idle', summary: null, error: null };
  const size = files.reduce((sum, { blob }) => sum + blob.size, 0);
  const checks = become === 'one' && whole ? [whole.check] : files.map(({ check }) => check);
  const failed = checks.find((check) => check.state === 'failed');
  const open = files.length > 1 && become === 'one' && !whole && !files.some(hasErrors);
  const state = failed
    ? 'failed'
    : open || checks.some((check) => check.state === 'checking')
      ? 'checking'
      : 'done';
  const summaries = checks.flatMap((check) => (check.state === 'done' ? [check.summary] : []));
  return {
    file: { size: whole?.blob?.size ?? size },
    state,
    summary: summaries.length === 0 ? null : summaries.reduce(added),
    error: failed?.message ?? null,
  };
}

export function hasErrors({ check }: PickedFile): boolean {
  return check.state === 'failed' || (check.state === 'done' && check.summary.errors > 0);
}

function added(a: Summary, b: Summary): Summary {
  return {
    ...a,
    requests: a.requests + b.requests,
    dialect: a.dialect === b.dialect ? a.dialect : null,
    models: [...new Set([...a.models, ...b.models])],
    endpoints: [...new Set([...a.endpoints, ...b.endpoints])],
    errors: a.errors + b.errors,
    warnings: a.warnings + b.warnings,
  };
}

/** Each file is judged against limits that hold for what is sent: for one batch of several, the whole. */
export function rulesFor(rules: LineRules, { files, become }: PickedFiles): LineRules {
  const partly = files.length > 1 && become === 'one';
  return partly ? { ...rules, limits: { requests: null, bytes: null } } : rules;
}

export function stemOf(name: string): string {
  return name.replace(/\.[a-z]{1,8}$/i, '');
}

/** Short, of signs that every provider takes, and none twice. */
export function prefixesFor(names: string[]): string[] {
  const given = new Set<string>();
  return names.map((name, n) => {
    const plain = stemOf(name)
      .replace(/[^A-Za-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 24);
    const base = plain || `file${n + 1}`;
    const prefix = given.has(base) ? `${base}-${n + 1}` : base;
    given.add(prefix);
    return `${prefix}-`;
  });
}

/** What is still known after one line was edited: the rest, moved by as much as the line grew. */
export function afterEdit(
  summary: Summary,
  edited: { line: number; grew: number; dropped: boolean },
): Summary {
  const findings: Finding[] = summary.findings
    .filter(({ line }) => line !== edited.line)
    .map((finding) => {
      if (finding.line < edited.line || !finding.place) return finding;
      const place = { ...finding.place, offset: finding.place.offset + edited.grew };
      return { ...finding, place, line: finding.line - (edited.dropped ? 1 : 0) };
    });
  return { ...summary, findings };
}
