import fs from 'node:fs';
import { createRequire, syncBuiltinESMExports } from 'node:module';
import path from 'node:path';
import sqlite from 'node:sqlite';
import { isMainThread } from 'node:worker_threads';

/**
 * Loaded before the walk. Stands between it and the system: writes down what is on the disk for certain, which is
 * what was synced, and kills the process before the k-th step that changes anything.
 */
const home = process.env.WALK_HOME ?? '.';
const killBefore = Number(process.env.WALK_STEP ?? 0);
const {
  existsSync,
  fstatSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  writeSync,
} = fs;
const vault = path.join(home, 'vault');
const points = path.join(process.env.BATCHDECK_DATA_DIR ?? '.', 'failpoints');
const folders = new Map<number, string>();
let steps = 0;

type Call = (this: unknown, ...args: never[]) => unknown;
type See = {
  before?: (args: string[]) => unknown;
  after?: (result: unknown, self: never, args: string[]) => void;
};

let notes = -1;

if (isMainThread) {
  mkdirSync(vault, { recursive: true });
  notes = openSync(path.join(home, 'synced.jsonl'), 'a');
  watchFiles();
  watchSqlite();
  if (process.env.DATABASE_URL) watchPostgres();
}

function watchFiles(): void {
  const all = fs as unknown as Record<string, Call>;
  const later = fs.promises as unknown as Record<string, Call>;
  for (const name of ['mkdir', 'rename', 'rm', 'link', 'writeFile', 'appendFile']) {
    const seen = { before: ([at = '']: string[]) => at !== points && step(`${name} ${at}`) };
    watch(all, `${name}Sync`, seen);
    watch(later, name, seen);
  }
  watch(all, 'writeSync', { before: () => step('write') });
  watch(all, 'openSync', { after: (fd, _, [at = '']) => void folders.set(fd as number, at) });
  for (const name of ['fsyncSync', 'fdatasyncSync'])
    watch(all, name, { before: () => step('sync'), after: (_, __, [fd]) => kept(Number(fd)) });
  watch(later, 'open', {
    after(opened, _, [at = '']) {
      const handle = opened as fs.promises.FileHandle;
      folders.set(handle.fd, at);
      watchHandle(handle);
    },
  });
  syncBuiltinESMExports();
}

function watchHandle(handle: fs.promises.FileHandle): void {
  const mine = handle as unknown as Record<string, Call>;
  for (const name of ['write', 'writeFile', 'appendFile']) watch(mine, name, { before: () => step('write') });
  for (const name of ['sync', 'datasync'])
    watch(mine, name, { before: () => step('sync'), after: () => kept(handle.fd) });
}

function watchSqlite(): void {
  const { DatabaseSync, StatementSync } = sqlite;
  const database = DatabaseSync.prototype as unknown as Record<string, Call>;
  watch(database, 'exec', {
    before: ([text = '']) => step(text),
    after(_, db: sqlite.DatabaseSync) {
      const file = db.location() ?? '';
      if (!file.endsWith('batchdeck.sqlite')) return;
      note({ synchronous: db.prepare('pragma synchronous').get()?.synchronous });
      // It syncs the folder of a log it has just made by itself, as a trace of its calls shows.
      if (existsSync(`${file}-wal`)) keptFolder(path.dirname(file));
    },
  });
  const changes = ({ sourceSQL }: sqlite.StatementSync) => !/^(select|pragma)/.test(sourceSQL);
  for (const name of ['run', 'all']) {
    const original = StatementSync.prototype[name as 'run'] as Call;
    (StatementSync.prototype as unknown as Record<string, Call>)[name] = function (...args) {
      if (changes(this as sqlite.StatementSync)) step((this as sqlite.StatementSync).sourceSQL);
      return original.apply(this, args);
    };
  }
}

function watchPostgres(): void {
  const { Client } = createRequire(import.meta.url)('pg') as { Client: { prototype: Record<string, Call> } };
  watch(Client.prototype, 'query', {
    before: ([text]) => typeof text === 'string' && !/^select/.test(text) && step(text),
  });
}

function watch(owner: Record<string, Call>, name: string, { before, after }: See): void {
  const original = owner[name];
  if (!original) throw new Error(`There is no ${name} to watch.`);
  owner[name] = function (...args) {
    const given = args as unknown as string[];
    before?.(given);
    const result = original.apply(this, args);
    if (!(result instanceof Promise)) {
      after?.(result, this as never, given);
      return result;
    }
    return result.then((value) => {
      after?.(value, this as never, given);
      return value;
    });
  };
}

/** Tells after which failpoint it died, and before what. */
function step(words: string): void {
  steps += 1;
  if (steps !== killBefore) return;
  const [point = 'boot'] = existsSync(points)
    ? readFileSync(points, 'utf8').trim().split('\n').slice(-1)
    : [];
  const file = openSync(path.join(home, 'killed-before'), 'a');
  writeSync(file, `${point}\n${words.replaceAll(home, '').slice(0, 60)}\n`);
  process.kill(process.pid, 'SIGKILL');
}

function kept(fd: number): void {
  const about = fstatSync(fd, { bigint: true });
  if (about.isDirectory()) keptFolder(folders.get(fd) ?? '.');
  else note({ file: markOf(about), bytes: Number(about.size) });
}

/** A name is kept by the sync of its folder. What it names is held here too, in case the name is given away. */
function keptFolder(folder: string): void {
  const names: Record<string, string> = {};
  for (const name of readdirSync(folder)) {
    const about = lstatSync(path.join(folder, name), { bigint: true, throwIfNoEntry: false });
    if (!about) continue;
    const mark = markOf(about);
    names[name] = mark;
    const held = path.join(vault, mark);
    if (about.isFile() && !existsSync(held)) linkSync(path.join(folder, name), held);
  }
  note({ folder: markOf(lstatSync(folder, { bigint: true })), names });
}

/** Numbers of files are given again; with the time of birth they are not. */
function markOf({ ino, birthtimeNs }: fs.BigIntStats): string {
  return `${ino}-${birthtimeNs}`;
}

function note(what: object): void {
  writeSync(notes, `${JSON.stringify(what)}\n`);
}
