import { appendFileSync, copyFileSync, lstatSync, readdirSync, rmSync, truncateSync } from 'node:fs';
import path from 'node:path';
import { linesOf } from './lines.ts';

type Note =
  | { file: string; bytes: number }
  | { folder: string; names: Record<string, string> }
  | { synchronous: number };
type Kept = { bytes: Map<string, number>; names: Map<string, Record<string, string>> };

/** SQLite keeps what it has promised by itself; the journal of failpoints is ours. */
const apart = /^((batchdeck|lock)\.sqlite.*|failpoints)$/;
/** Below it a commit returns before its log is on the disk. */
const full = 2;

/** Leaves of a data folder what a machine would find after its power failed: what was synced, and nothing else. */
export function cutPower(data: string, home: string): void {
  const notes = linesOf(path.join(home, 'synced.jsonl')).map((line) => JSON.parse(line) as Note);
  const kept: Kept = { bytes: new Map(), names: new Map() };
  let synchronous = full;
  for (const note of notes) {
    if ('file' in note) kept.bytes.set(note.file, note.bytes);
    else if ('folder' in note) kept.names.set(note.folder, note.names);
    else synchronous = note.synchronous;
  }
  lose(data, kept, path.join(home, 'vault'), apart);
  if (synchronous >= full) return;
  for (const log of ['-wal', '-shm']) rmSync(path.join(data, `batchdeck.sqlite${log}`), { force: true });
}

/** After a while at rest everything is on the disk, synced or not. */
export function rest(folder: string, home: string): void {
  const names: Record<string, string> = {};
  for (const name of readdirSync(folder)) {
    const place = path.join(folder, name);
    names[name] = markOf(place);
    const about = lstatSync(place);
    if (about.isDirectory()) rest(place, home);
    else tell(home, { file: markOf(place), bytes: about.size });
  }
  tell(home, { folder: markOf(folder), names });
}

function tell(home: string, note: Note): void {
  appendFileSync(path.join(home, 'synced.jsonl'), `${JSON.stringify(note)}\n`);
}

function lose(folder: string, kept: Kept, vault: string, spared: RegExp | null): void {
  const names = kept.names.get(markOf(folder)) ?? {};
  for (const name of readdirSync(folder)) {
    if (spared?.test(name)) continue;
    const place = path.join(folder, name);
    if (names[name] !== markOf(place)) rmSync(place, { recursive: true });
    else if (lstatSync(place).isDirectory()) lose(place, kept, vault, null);
    else shorten(place, kept.bytes.get(markOf(place)) ?? 0);
  }
  const left = new Set(readdirSync(folder));
  const held = new Set(readdirSync(vault));
  for (const [name, mark] of Object.entries(names)) {
    if (left.has(name) || spared?.test(name) || !held.has(mark)) continue;
    copyFileSync(path.join(vault, mark), path.join(folder, name));
    shorten(path.join(folder, name), kept.bytes.get(mark) ?? 0);
  }
}

function shorten(file: string, bytes: number): void {
  if (lstatSync(file).size > bytes) truncateSync(file, bytes);
}

function markOf(place: string): string {
  const { ino, birthtimeNs } = lstatSync(place, { bigint: true });
  return `${ino}-${birthtimeNs}`;
}
