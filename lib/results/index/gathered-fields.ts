import 'server-only';
import type { DatabaseSync } from 'node:sqlite';
import { fieldCharacters, mostFields } from '#lib/model/answer-field';
import type { Slices } from '#lib/results/take-orders';

const longestName = 400;
/** About so much is held in memory. Where there is more, the largest field is given up: it is none of the fields. */
const mostBytes = 512 * 1024 * 1024;
/** Of a value beside its text: whose it is, and which. */
const valueBytes = 16;

/**
 * The fields of answers on their way to a file. Of each it keeps every value once, in its order: numbers, then false
 * and true, then texts; and for each answer that has it the number of its value, counted from 1.
 */
export class GatheredFields {
  /** Null where it was given up. */
  readonly #fields = new Map<string, GatheredField | null>();
  readonly #most: number;
  #bytes = 0;

  constructor(most = mostBytes) {
    this.#most = most;
  }

  add(ordinal: number, answer: object): void {
    for (const [name, value] of Object.entries(answer)) {
      if (value === null) continue;
      const known = this.#fields.get(name);
      const field = known === undefined ? this.#begin(name) : known;
      this.#bytes += field?.add(ordinal, value) ?? 0;
      if (this.#bytes > this.#most) this.#giveUpLargest();
    }
  }

  *write(db: DatabaseSync): Slices<void> {
    db.exec(fieldTables);
    const insert = db.prepare('insert into fields values (?, ?)');
    for (const [id, name] of [...this.#fields.keys()].entries()) {
      insert.run(id, JSON.stringify(name));
      const field = this.#fields.get(name);
      if (field) field.write(db, id);
      else writerOf(db, id).givenUp();
      this.#fields.delete(name);
      yield undefined;
    }
  }

  #giveUpLargest(): void {
    let largest = { name: '', bytes: 0 };
    for (const [name, field] of this.#fields) {
      if (field && field.bytes > largest.bytes) largest = { name, bytes: field.bytes };
    }
    this.#fields.set(largest.name, null);
    this.#bytes -= largest.bytes;
  }

  #begin(name: string): GatheredField | null {
    if (this.#fields.size >= mostFields || name.length > longestName) return null;
    const field = new GatheredField();
    this.#fields.set(name, field);
    return field;
  }
}

class GatheredField {
  readonly #numbers = { of: [] as number[], values: [] as number[] };
  readonly #booleans = { of: [] as number[], values: [] as boolean[] };
  readonly #texts = { of: [] as number[], values: [] as number[] };
  readonly #known = new Map<string, number>();
  bytes = 0;

  /** Answers by how much it has grown. */
  add(ordinal: number, value: unknown): number {
    const before = this.bytes;
    this.bytes += valueBytes;
    if (typeof value === 'number') put(this.#numbers, ordinal, value === 0 ? 0 : value);
    else if (typeof value === 'boolean') put(this.#booleans, ordinal, value);
    else put(this.#texts, ordinal, this.#numberOf(beginning(value)));
    return this.bytes - before;
  }

  write(db: DatabaseSync, id: number): void {
    const write = writerOf(db, id);
    const numbers = distinct(this.#numbers.values);
    const texts = [...this.#known.keys()].sort();
    const places = new Uint32Array(texts.length);
    for (const [n, text] of texts.entries()) places[this.#known.get(text) ?? 0] = n;
    const falseRank = numbers.length + 1;
    const ordinals = [this.#numbers, this.#booleans, this.#texts].flatMap(({ of }) => [Uint32Array.from(of)]);
    const ranks = [
      Uint32Array.from(this.#numbers.values, (value) => placeIn(numbers, value) + 1),
      Uint32Array.from(this.#booleans.values, (value) => falseRank + Number(value)),
      Uint32Array.from(this.#texts.values, (n) => falseRank + 2 + (places[n] ?? 0)),
    ];
    for (const some of ordinals) write.numbers('ordinals', some);
    for (const some of ranks) write.numbers('ranks', some);
    write.numbers('numbers', numbers);
    write.texts(texts);
  }

  #numberOf(text: string): number {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const number = this.#known.size;
    this.#known.set(text, number);
    this.bytes += text.length;
    return number;
  }
}

function put<T>(list: { of: number[]; values: T[] }, ordinal: number, value: T): void {
  list.of.push(ordinal);
  list.values.push(value);
}

/** What is nested is its JSON. A long text is copied, so that the whole of it is not kept with its beginning. */
function beginning(value: unknown): string {
  const text = typeof value === 'string' ? value : jsonOf(value);
  if (text.length <= fieldCharacters) return text;
  return Buffer.from(text.slice(0, fieldCharacters)).toString();
}

function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    return '(nested too deep)';
  }
}

export function distinct(values: Iterable<number>): Float64Array {
  return Float64Array.from(values)
    .sort()
    .filter((value, n, all) => n === 0 || all[n - 1] !== value);
}

/** Where a value stands among ascending ones, or would stand. */
export function placeIn(ascending: ArrayLike<number>, value: number): number {
  let from = 0;
  for (let to = ascending.length; from < to; ) {
    const middle = (from + to) >>> 1;
    if ((ascending[middle] ?? 0) < value) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** `fields` has their names as JSON; `data` holds numbers as they stand in memory, and texts as lists in JSON. */
const fieldTables = `
  create table fields (id integer primary key, name text not null);
  create table data (field integer not null, kind text not null, chunk integer not null, data blob not null,
    primary key (field, kind, chunk));
`;
export const textsAPage = 256;
const bytesAChunk = 256 * 1024;

function writerOf(db: DatabaseSync, field: number) {
  const insert = db.prepare('insert into data values (?, ?, ?, ?)');
  const chunks: Record<string, number> = {};
  const next = (kind: string) => {
    const chunk = chunks[kind] ?? 0;
    chunks[kind] = chunk + 1;
    return chunk;
  };
  return {
    numbers(kind: 'ordinals' | 'ranks' | 'numbers', { buffer, byteLength }: Uint32Array | Float64Array) {
      for (let at = 0; at < byteLength; at += bytesAChunk) {
        const bytes = new Uint8Array(buffer as ArrayBuffer, at, Math.min(bytesAChunk, byteLength - at));
        insert.run(field, kind, next(kind), bytes);
      }
    },
    texts(texts: string[]) {
      for (let at = 0; at < texts.length; at += textsAPage) {
        const page = Buffer.from(JSON.stringify(texts.slice(at, at + textsAPage)));
        insert.run(field, 'texts', next('texts'), page);
      }
    },
    givenUp() {
      insert.run(field, 'given up', 0, new Uint8Array());
    },
  };
}
