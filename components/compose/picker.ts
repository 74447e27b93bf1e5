import { anyTarget, type LineRules, sameRules } from '#lib/jsonl/line-rules';
import type { Summary } from '#lib/jsonl/validate';
import type { LinePlace } from '#lib/model/finding';
import { type Repair, repairTitles } from '#lib/model/repair';
import { createHashes } from './hashes.ts';
import { createJudging, failure } from './judge-blob.ts';
import {
  afterEdit,
  hasErrors,
  nothingPicked,
  type PickedFile,
  type PickedFiles,
  prefixesFor,
  rulesFor,
  stemOf,
  type Whole,
} from './picked.ts';
import type { RepairedBlob } from './repair-blob.ts';
import type { runJob } from './run-job.ts';

export type PickedBundle = { body: Blob; fileName: string; sha256: string; stem: string };
export type Picker = ReturnType<typeof createPicker>;

/** Keeps the picked files with what is known of each, and has the work on them done. */
export function createPicker(run: typeof runJob, onChange: (state: PickedFiles) => void) {
  let state = nothingPicked;
  let rules: LineRules = anyTarget;
  let count = 0;
  const judge = createJudging(run);
  const hashes = createHashes(run);
  const checking = new Map<string, AbortController>();
  let joining: AbortController | null = null;

  const set = (next: Partial<PickedFiles>) => {
    state = { ...state, ...next };
    onChange(state);
  };
  const setFile = (key: string, change: (file: PickedFile) => Partial<PickedFile>) =>
    set({ files: state.files.map((file) => (file.key === key ? { ...file, ...change(file) } : file)) });
  const fileOf = (key: string) => state.files.find((file) => file.key === key);
  const setWhole = (whole: Whole | null) => {
    if (whole || state.whole) set({ whole });
  };

  function check(key: string): void {
    const file = fileOf(key);
    if (!file) return;
    checking.get(key)?.abort();
    const stop = new AbortController();
    checking.set(key, stop);
    void judge(file.blob, rulesFor(rules, state), stop.signal, (check) => {
      setFile(key, ({ summary }) => ({ check, summary: check.state === 'done' ? check.summary : summary }));
      if (check.state === 'done') join();
    });
  }

  /** A change in one file, or in how many there are, changes what the whole is. */
  function checkAll(): void {
    joining?.abort();
    setWhole(null);
    for (const { key } of state.files) check(key);
  }

  /** As soon as each of several files is right they are put together, and the whole is judged. */
  function join(): void {
    const { files, become } = state;
    const ready = files.every((file) => file.check.state === 'done' && !hasErrors(file));
    joining?.abort();
    if (files.length < 2 || become === 'each' || !ready) {
      setWhole(null);
      return;
    }
    joining = new AbortController();
    const { signal } = joining;
    const prefixes = prefixesFor(files.map(({ name }) => name));
    const parts = files.map(({ blob }, n) => ({ file: blob, prefix: prefixes[n] ?? '' }));
    const total = files.reduce((sum, { blob }) => sum + blob.size, 0);
    setWhole({ blob: null, check: { state: 'checking', bytes: 0, total, rate: null }, clashes: [] });
    run({ kind: 'merge', parts, rules }, { signal }).then(
      ({ blob, clashes }) =>
        judge(blob, rules, signal, (check) => {
          setWhole({ blob, check, clashes });
          if (check.state === 'done') hash(blob);
        }),
      (error: unknown) => {
        if (!signal.aborted) setWhole({ blob: null, check: failure(error), clashes: [] });
      },
    );
  }

  function hash(...blobs: Blob[]): void {
    hashes.keepOnly(new Set([...state.files.map(({ blob }) => blob), state.whole?.blob ?? null]));
    for (const blob of blobs) hashes.of(blob).catch(() => {});
  }

  function put(key: string, blob: Blob, title: string, summary: Summary | null): void {
    setFile(key, (file) => ({ blob, summary, repairs: [...file.repairs, { title, before: file.blob }] }));
    hash(blob);
    check(key);
  }

  return {
    /** Beside those that are there, or in their place; a file of the same name always takes the place of the old one. */
    take(given: { name: string; blob: Blob }[], how: 'add' | 'replace') {
      const fresh = given.map(({ name, blob }): PickedFile => {
        const check = { state: 'checking', bytes: 0, total: blob.size, rate: null } as const;
        return { key: `f${++count}`, name, blob, check, summary: null, repairs: [] };
      });
      const names = new Set(given.map(({ name }) => name));
      const kept = how === 'add' ? state.files.filter(({ name }) => !names.has(name)) : [];
      for (const { key } of state.files.filter((file) => !kept.includes(file))) checking.get(key)?.abort();
      set({ files: [...kept, ...fresh] });
      checkAll();
      hash(...fresh.map(({ blob }) => blob));
    },
    remove(key: string) {
      checking.get(key)?.abort();
      set({ files: state.files.filter((file) => file.key !== key) });
      hash();
      checkAll();
    },
    /** Ends all work; the files stay. */
    stop() {
      for (const check of checking.values()) check.abort();
      joining?.abort();
      hashes.keepOnly(new Set());
    },
    become(become: PickedFiles['become']) {
      set({ become });
      checkAll();
    },
    setRules(next: LineRules) {
      if (sameRules(rules, next)) return;
      rules = next;
      checkAll();
    },
    async preview(key: string, repairs: Repair[], signal: AbortSignal, onProgress: (bytes: number) => void) {
      const file = fileOf(key)?.blob;
      if (!file) throw new Error('The file is no longer here.');
      return run({ kind: 'repair', file, repairs, rules }, { signal, onProgress });
    },
    repair(key: string, repairs: Repair[], { blob }: RepairedBlob) {
      put(key, blob, repairs.map(({ kind }) => repairTitles[kind]).join(', '), null);
    },
    /** A line where it stands; without text it goes, and its newline with it. */
    editLine(key: string, line: number, { offset, bytes }: LinePlace, text: string | null) {
      const file = fileOf(key);
      if (!file) return;
      const behind = file.blob.slice(offset + bytes);
      const rest = text === null ? behind.slice(1) : behind;
      const inside = text === null ? [] : [text.replace(/[\r\n]+/g, ' ')];
      const blob = new Blob([file.blob.slice(0, offset), ...inside, rest]);
      const moved = { line, grew: blob.size - file.blob.size, dropped: text === null };
      const summary = file.summary && afterEdit(file.summary, moved);
      put(key, blob, text === null ? `Line ${line} left out` : `Line ${line} edited`, summary);
    },
    undo(key: string) {
      const last = fileOf(key)?.repairs.at(-1);
      if (!last) return;
      setFile(key, ({ repairs }) => ({ blob: last.before, summary: null, repairs: repairs.slice(0, -1) }));
      hash(last.before);
      check(key);
    },
    /** The server has the last word. */
    async hear(sha256: string, said: Pick<Summary, 'errors' | 'warnings' | 'codes' | 'findings'>) {
      for (const { key, blob } of state.files) {
        if ((await hashes.of(blob)) !== sha256) continue;
        setFile(key, ({ check, summary }) => {
          if (check.state !== 'done') return {};
          const judged = { ...check.summary, ...said };
          return { check: { state: 'done', summary: judged }, summary: summary && judged };
        });
      }
    },
    /** What is to be sent: one bundle, or one for each file. */
    async bundles(): Promise<PickedBundle[]> {
      const { files, become, whole } = state;
      const [first, ...others] = files;
      const isWhole = become === 'one' && others.length > 0 && first && whole?.blob;
      const bodies = isWhole
        ? [{ blob: whole.blob as Blob, name: `${stemOf(first.name)}-and-${others.length}-more.jsonl` }]
        : files;
      const made: PickedBundle[] = [];
      for (const { blob, name } of bodies) {
        made.push({ body: blob, fileName: name, sha256: await hashes.of(blob), stem: stemOf(name) });
      }
      return made;
    },
  };
}
