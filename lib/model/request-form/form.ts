import { newId } from '#lib/model/id';
import type { Members } from './json.ts';

export const shapeNames = [
  'inline',
  'anthropic',
  'chat',
  'chat-v4',
  'completions',
  'embeddings',
  'responses',
] as const;
/** What a line has to look like for the connection and endpoint it goes to. */
export type ShapeName = (typeof shapeNames)[number];

/** Parameters as somebody set them. A value that is not right yet is kept as it was typed, and the schema refuses it. */
export type Sheet = {
  own: Members;
  /** Of the defaults: what is not sent all the same. */
  omit: string[];
  /** What stands in the field for extra parameters while it is no JSON. */
  extraText: string | null;
};

export type FormRequest = Sheet & {
  /** Which one it is, whatever becomes of its custom_id. Never sent. */
  id: string;
  customId: string;
};

/** A batch as the form has it: what all requests share, and what each says for itself. */
export type BatchForm = { shape: ShapeName; defaults: Sheet; requests: FormRequest[] };

export const emptySheet: Sheet = { own: {}, omit: [], extraText: null };

export function newRequest(customId: string, own: Members = {}, id: string = newId('req')): FormRequest {
  return { ...emptySheet, id, customId, own };
}

/** The first free id of the form `row-N`, counting on from how many there are; a copy of `a` is `a-copy`. */
export function freeCustomId(taken: ReadonlySet<string>, like?: string): string {
  if (like) {
    const base = `${like}-copy`;
    if (!taken.has(base)) return base;
    for (let n = 2; ; n++) if (!taken.has(`${base}-${n}`)) return `${base}-${n}`;
  }
  for (let n = taken.size + 1; ; n++) if (!taken.has(`row-${n}`)) return `row-${n}`;
}
