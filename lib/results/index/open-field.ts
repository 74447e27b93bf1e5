import 'server-only';
import { DatabaseSync } from 'node:sqlite';
import type { FieldValue } from '#lib/model/answer-field';
import type { IndexFiles } from '#lib/results/index-orders';
import { readColumn } from './columns.ts';
import { distinct, placeIn, textsAPage } from './gathered-fields.ts';
import type { View } from './open-view.ts';

/** A field over the whole batch: each value it has once, in order, and by ordinal the number of its value. */
export type Field = {
  /** 0 where there is none. */
  ranks: Uint32Array;
  numbers: Float64Array;
  texts: Texts;
};
type Texts = { count: number; pages(): Iterable<string[]>; at(n: number): string | undefined };

/** Behind the numbers stand false and true, whether they occur or not; then the texts. */
export function valueAt({ numbers, texts }: Field, rank: number): FieldValue {
  if (rank === 0) return null;
  if (rank <= numbers.length) return numbers[rank - 1] ?? null;
  const n = rank - numbers.length - 1;
  return n < 2 ? n === 1 : (texts.at(n - 2) ?? null);
}

export function falseRankOf({ numbers }: Field): number {
  return numbers.length + 1;
}

export function ranksIn(field: Field): number {
  return falseRankOf(field) + 2 + field.texts.count;
}

/** So many fields of one index are remembered. */
const mostOpen = 8;

export function openField(view: View, { fields }: IndexFiles, name: string): Field {
  const known = view.fields.get(name) ?? readField(view, fields, name);
  view.fields.delete(name);
  view.fields.set(name, known);
  for (const oldest of view.fields.keys()) if (view.fields.size > mostOpen) view.fields.delete(oldest);
  return known;
}

export function fieldNames(view: View, { fields }: IndexFiles): string[] {
  const all = opened(view, fields).map(namesIn);
  const givenUp = new Set(all.flatMap((names) => names.givenUp));
  return [...new Set(all.flatMap(({ known }) => known))].filter((name) => !givenUp.has(name));
}

function namesIn(db: DatabaseSync): { known: string[]; givenUp: string[] } {
  const gone = `exists (select 1 from data where field = fields.id and kind = 'given up')`;
  const rows = db.prepare(`select name, ${gone} as gone from fields order by id`).all();
  const known = rows.map(({ name }) => JSON.parse(String(name)) as string);
  return { known, givenUp: known.filter((_, n) => rows[n]?.gone === 1) };
}

function opened(view: View, files: string[] | undefined): DatabaseSync[] {
  if (!files) throw new Error('A field was asked for without the file of the fields.');
  if (view.fieldFiles.length === 0) {
    view.fieldFiles = files.map((file) => new DatabaseSync(file, { readOnly: true }));
  }
  return view.fieldFiles;
}

/** Where a later answer is shown, what the first one said is covered, whether the later has the field or not. */
function readField(view: View, files: string[] | undefined, name: string): Field {
  const [base, retries] = opened(view, files).map((db) => readPart(db, name));
  const first = asField(view, base);
  if (!view.retries) return first;
  const shown = readColumn(view.retries.db, 'ordinal');
  for (const ordinal of shown) first.ranks[ordinal] = 0;
  return retries ? merged(first, asField(view, retries), shown) : first;
}

type Part = Omit<Field, 'ranks'> & { ordinals: Uint32Array; ofOrdinals: Uint32Array };

function asField({ total }: View, part: Part | null | undefined): Field {
  const ranks = new Uint32Array(total + 1);
  const { ordinals, ofOrdinals, numbers, texts } = part ?? none;
  for (const [n, ordinal] of ordinals.entries()) ranks[ordinal] = ofOrdinals[n] ?? 0;
  return { ranks, numbers, texts };
}

function readPart(db: DatabaseSync, name: string): Part | null {
  const found = db.prepare('select id from fields where name = ?').get(JSON.stringify(name));
  if (!found) return null;
  const id = Number((found as { id: number }).id);
  const read = (kind: string) => joined(db, id, kind);
  return {
    ordinals: new Uint32Array(read('ordinals')),
    ofOrdinals: new Uint32Array(read('ranks')),
    numbers: new Float64Array(read('numbers')),
    texts: textsIn(db, id),
  };
}

function joined(db: DatabaseSync, id: number, kind: string): ArrayBuffer {
  const chunks = db
    .prepare('select data from data where field = ? and kind = ? order by chunk')
    .all(id, kind);
  const parts = (chunks as { data: Uint8Array }[]).map(({ data }) => data);
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole.buffer;
}

/** Texts stay in their file, page by page: a million of them are not held. */
function textsIn(db: DatabaseSync, id: number): Texts {
  const page = db.prepare(`select data from data where field = ? and kind = 'texts' and chunk = ?`);
  const count = db.prepare(`select max(chunk) as last from data where field = ? and kind = 'texts'`);
  const pageAt = (n: number): string[] => {
    const found = page.get(id, n) as { data: Uint8Array } | undefined;
    return found ? (JSON.parse(Buffer.from(found.data).toString()) as string[]) : [];
  };
  const { last } = count.get(id) as { last: number | null };
  return {
    count: last === null ? 0 : last * textsAPage + pageAt(last).length,
    *pages() {
      for (let n = 0; n <= (last ?? -1); n++) yield pageAt(n);
    },
    at: (n) => pageAt(Math.floor(n / textsAPage))[n % textsAPage],
  };
}

const none: Part = {
  ordinals: new Uint32Array(),
  ofOrdinals: new Uint32Array(),
  numbers: new Float64Array(),
  texts: held([]),
};

function held(texts: string[]): Texts {
  return { count: texts.length, pages: () => [texts], at: (n) => texts[n] };
}

function merged(first: Field, later: Field, shown: ArrayLike<number>): Field {
  const numbers = distinct([...[first, later].flatMap((field) => [...field.numbers])]);
  const [known, more] = [first, later].map(({ texts }) => [...texts.pages()].flat());
  const texts = [...new Set([...(known ?? []), ...(more ?? [])])].sort();
  const places = new Map(texts.map((text, n) => [text, n]));
  const field = { ranks: first.ranks, numbers, texts: held(texts) };
  const moved = (from: Field, own: string[] | undefined) => {
    const texts = Uint32Array.from(own ?? [], (text) => places.get(text) ?? 0);
    return (rank: number) => {
      const behind = rank - falseRankOf(from);
      if (rank === 0) return 0;
      if (behind < 0) return placeIn(numbers, from.numbers[rank - 1] ?? 0) + 1;
      return falseRankOf(field) + (behind < 2 ? behind : 2 + (texts[behind - 2] ?? 0));
    };
  };
  const [ofFirst, ofLater] = [moved(first, known), moved(later, more)];
  field.ranks = first.ranks.map(ofFirst);
  for (let n = 0; n < shown.length; n++) {
    const ordinal = shown[n] ?? 0;
    field.ranks[ordinal] = ofLater(later.ranks[ordinal] ?? 0);
  }
  return field;
}
