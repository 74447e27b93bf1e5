import 'server-only';
import { rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { indexTables, indexVersion } from '#lib/results/index-schema';
import { TextWriter } from './text-file.ts';

/** A new index with its words, filled by `fill` and closed. It is made durable when it is put among the blobs. */
export function newIndex<T>(
  out: { index: string; text: string },
  fill: (db: DatabaseSync, texts: TextWriter) => T,
): T {
  rmSync(out.index, { force: true });
  const db = new DatabaseSync(out.index);
  const texts = new TextWriter(out.text);
  try {
    // Until it is whole nobody reads it, and a crash only costs the work.
    db.exec('pragma journal_mode = off; pragma synchronous = off; pragma locking_mode = exclusive');
    db.exec('begin');
    db.exec(indexTables);
    const made = fill(db, texts);
    note(db, { version: indexVersion });
    db.exec('commit');
    return made;
  } finally {
    db.close();
    texts.close();
  }
}

export function note(db: DatabaseSync, notes: Record<string, unknown>): void {
  const insert = db.prepare('insert into meta values (?, ?)');
  for (const [name, value] of Object.entries(notes)) insert.run(name, JSON.stringify(value));
}

export function noted<T>(db: DatabaseSync, name: string): T {
  const row = db.prepare('select value from meta where name = ?').get(name) as { value: string };
  return JSON.parse(row.value) as T;
}
