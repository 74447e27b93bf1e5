import fs from 'node:fs';
import { createRequire, syncBuiltinESMExports } from 'node:module';
import path from 'node:path';
import sqlite from 'node:sqlite';
import { isMainThread } from 'node:worker_threads';

/**
 * Loaded before the walk. Stands between it and the system: writes down what is on the disk for certain, which is
 * what was synced, and kills the process before the k-th step that changes what a kill, or a power cut, would leave.
 */
const home = process.env.WALK_HOME ?? '.';
/** A number, or how the words of a step begin. */
const killBefore = process.env.WALK_STEP ?? '0';
/** A sync changes nothing of what a kill leaves. */
const syncsCount = process.env.WALK_CUT === '1';
const { existsSync, fstatSync, linkSync, lstatSync, mkdirSync, openSync, readdirSync, writeSync } = fs;
const opens = /^(begin|start transaction)/;
const vault = path.join(home, 'vault');
const points = path.join(process.env.BATCHDECK_DATA_DIR ?? '.', 'failpoints');
const folders = new Map<number, string>();
let steps = 0;

type Call = (this: unknown, ...args: never[]) => unknown;
type See = {
  before?: (args: string[], self: never) => unknown;
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
    const seen = { before: ([at = '']: string[]) => !isIdle(name, at) && step(`${name} ${at}`) };
    watch(all, `${name}Sync`, seen);
    watch(later, name, seen);
  }
  watch(all, 'writeSync', { before: () => step('write') });
  watch(all, 'openSync', { after: (fd, _, [at = '']) => void folders.set(fd as number, at) });
  for (const name of ['fsyncSync', 'fdatasyncSync'])
    watch(all, name, { before: sync, after: (_, __, [fd]) => kept(Number(fd)) });
  watch(later, 'open', {
    after(opened, _, [at = '']) {
      const handle = opened as fs.promises.FileHandle;
      folders.set(handle.fd, at);
      watchHandle(handle);
    },
  });
  syncBuiltinESMExports();
}

/** Leaves everything as it is, or is the kill's own account. */
function isIdle(name: string, at: string): boolean {
  if (name === 'rm') return !existsSync(at);
  return at === points || (name === 'mkdir' && existsSync(at));
}

function sync(): void {
  if (syncsCount) step('sync');
}

function watchHandle(handle: fs.promises.FileHandle): void {
  const mine = handle as unknown as Record<string, Call>;
  for (const name of ['write', 'writeFile', 'appendFile']) watch(mine, name, { before: () => step('write') });
  for (const name of ['sync', 'datasync']) watch(mine, name, { before: sync, after: () => kept(handle.fd) });
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
  const owners = new WeakMap<object, sqlite.DatabaseSync>();
  watch(database, 'prepare', {
    after: (made, db: sqlite.DatabaseSync) => void owners.set(made as object, db),
  });
  const statement = StatementSync.prototype as unknown as Record<string, Call>;
  const seen = {
    before: (_: string[], self: sqlite.StatementSync) =>
      stepInSql(self.sourceSQL, owners.get(self)?.isTransaction ?? false),
  };
  for (const name of ['run', 'all']) watch(statement, name, seen);
}

function watchPostgres(): void {
  const { Client } = createRequire(import.meta.url)('pg') as { Client: { prototype: Record<string, Call> } };
  const inTransaction = new WeakSet<object>();
  watch(Client.prototype, 'query', {
    before([text], client: object) {
      if (typeof text !== 'string') return;
      stepInSql(text, inTransaction.has(client));
      if (opens.test(text)) inTransaction.add(client);
      if (/^(commit|rollback)$/.test(text)) inTransaction.delete(client);
    },
  });
}

/** What a transaction does is there with its commit; a kill before that leaves what one before all of it leaves. */
function stepInSql(text: string, inTransaction: boolean): void {
  const counts = inTransaction ? text === 'commit' : !opens.test(text) && !/^(select|pragma)/.test(text);
  if (counts) step(text);
}

function watch(owner: Record<string, Call>, name: string, { before, after }: See): void {
  const original = owner[name];
  if (!original) throw new Error(`There is no ${name} to watch.`);
  owner[name] = function (...args) {
    const given = args as unknown as string[];
    before?.(given, this as never);
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

/** Tells before what it died; the journal of failpoints tells after which of them. */
function step(words: string): void {
  steps += 1;
  const said = words.replaceAll(home, '').slice(0, 60);
  if (String(steps) !== killBefore && !said.startsWith(killBefore)) return;
  writeSync(openSync(path.join(home, 'killed-before'), 'a'), `${said}\n`);
  writeSync(openSync(points, 'a'), 'killed\n');
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
