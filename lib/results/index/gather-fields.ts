import 'server-only';
import { rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { answerOf, answerText } from '#lib/model/conversation';
import { outcomes } from '#lib/model/result';
import { asObject } from '#lib/model/unknown';
import type { GatherOrder, Sources } from '#lib/results/index-orders';
import type { Slices } from '#lib/results/take-orders';
import { readColumn } from './columns.ts';
import { GatheredFields } from './gathered-fields.ts';
import { OpenFiles } from './open-files.ts';
import type { Layer, View } from './open-view.ts';

const succeeded = outcomes.indexOf('succeeded');

/** Reads the answers that are JSON objects once, and writes their fields to a file that stays valid for any order of rows. */
export function* gatherFields(view: View, { of, sources, out }: GatherOrder): Slices<null> {
  const layer = of === 'base' ? view.base : view.retries;
  const fields = new GatheredFields();
  for (const { ordinal, line } of layer ? answersOf(layer, sources) : []) {
    const answer = objectIn(line);
    if (answer) fields.add(ordinal, answer);
    // After each of them: an answer may be many megabytes.
    yield undefined;
  }
  rmSync(out, { force: true });
  const db = new DatabaseSync(out);
  try {
    db.exec('pragma journal_mode = off; pragma synchronous = off; begin');
    yield* fields.write(db);
    db.exec('commit');
  } finally {
    db.close();
  }
  return null;
}

/** In the order in which they came, so that files are read from their start to their end. */
function* answersOf({ db }: Layer, { segments }: Sources): Generator<{ ordinal: number; line: Uint8Array }> {
  const [ordinals, ended, segment] = [
    readColumn(db, 'ordinal'),
    readColumn(db, 'outcome'),
    readColumn(db, 'segment'),
  ];
  const [offsets, lengths] = [readColumn(db, 'outOffset'), readColumn(db, 'outLength')];
  const window = new Window();
  try {
    for (let n = 0; n < ordinals.length; n++) {
      if (ended[n] !== succeeded || segment[n] === 0) continue;
      const file = segments[(segment[n] ?? 0) - 1] ?? '';
      const place = { offset: offsets[n] ?? 0, length: lengths[n] ?? 0 };
      yield { ordinal: ordinals[n] ?? 0, line: window.read(file, place) };
    }
  } finally {
    window.close();
  }
}

function objectIn(line: Uint8Array): object | null {
  try {
    const text = Buffer.from(line.buffer, line.byteOffset, line.byteLength).toString();
    const words = answerText(answerOf(JSON.parse(text)));
    return words.trimStart().startsWith('{') ? asObject(JSON.parse(words)) : null;
  } catch {
    return null;
  }
}

const windowBytes = 1024 * 1024;

/** Reads ahead: lines that follow one another cost one read for many. */
class Window {
  readonly #files = new OpenFiles();
  #file = '';
  #from = 0;
  #bytes: Uint8Array = new Uint8Array();

  /** Good until the next read. */
  read(file: string, { offset, length }: { offset: number; length: number }): Uint8Array {
    const at = offset - this.#from;
    if (file === this.#file && at >= 0 && at + length <= this.#bytes.length) {
      return this.#bytes.subarray(at, at + length);
    }
    if (length >= windowBytes) return this.#files.read(file, { offset, length });
    this.#bytes = this.#files.readUpTo(file, { offset, length: windowBytes });
    this.#file = file;
    this.#from = offset;
    if (this.#bytes.length < length)
      throw new Error(`A file of these results ends before byte ${offset + length}.`);
    return this.#bytes.subarray(0, length);
  }

  close(): void {
    this.#files.close();
  }
}
