import { fieldPlace, namesIn } from './json-path.ts';

/** A member of an answer that is a JSON object, as one value. What it nests is its JSON; `null` is none. */
export type FieldValue = string | number | boolean | null;

/** What is known of a field over the whole batch. */
export type FieldFacts = {
  name: string;
  kind: 'number' | 'boolean' | 'text' | 'mixed';
  /** How many results have it. */
  count: number;
  /** All it can be, where that is few. */
  values: FieldValue[] | null;
};

export const fieldTests = ['is', 'contains', 'min', 'max', 'missing'] as const;
export type FieldTest = (typeof fieldTests)[number];
/** What a field must be; of those that have it `min` and `max` mean numbers. `missing` asks for no value. */
export type FieldCondition = [field: string, test: FieldTest, value: string];
export const mostConditions = 10;

/** A text is kept, ordered and looked through by its beginning. */
export const fieldCharacters = 200;
/** So many fields of an answer are told apart. */
export const mostFields = 100;

export type FieldSort = `answer.${string}`;

/** The order by a field is its place, as a column of a CSV names it. */
export function fieldSort(name: string): FieldSort {
  return fieldPlace('answer', name) as FieldSort;
}

/** The field a place means; null where it is not a member of the answer itself. */
export function fieldIn(place: string): string | null {
  const [root, name, ...deeper] = namesIn(place);
  return root === 'answer' && name !== undefined && deeper.length === 0 ? name : null;
}

/** Conditions as one word of an address. */
export function conditionsWord(conditions: FieldCondition[]): string | null {
  return conditions.length === 0 ? null : JSON.stringify(conditions);
}

/** Null where the word is not one that was written so. */
export function conditionsIn(word: string | null | undefined): FieldCondition[] | null {
  const read = readJson(word ?? '[]');
  return Array.isArray(read) && read.length <= mostConditions && read.every(isCondition) ? read : null;
}

function isCondition(one: unknown): one is FieldCondition {
  if (!Array.isArray(one) || one.length !== 3) return false;
  const [field, test, value] = one as unknown[];
  return typeof field === 'string' && typeof value === 'string' && fieldTests.some((known) => known === test);
}

/** Names as one word of an address. */
export function namesWord(names: string[]): string | null {
  return names.length === 0 ? null : JSON.stringify(names);
}

export function namesInWord(word: string): string[] | null {
  const read = readJson(word);
  const fits =
    Array.isArray(read) && read.length <= mostFields && read.every((one) => typeof one === 'string');
  return fits ? (read as string[]) : null;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
