import type { ParamFields } from './fields.ts';
import { formatStyle, readFormat, writeFormat } from './format.ts';
import { isMembers, type Json, type Members, memberOf } from './json.ts';
import { jsonText, typedJson } from './json-typed.ts';
import type { Control, Param } from './params.ts';
import type { Shape } from './shapes.ts';
import { readToolChoice, writeToolChoice } from './tool-choice.ts';
import { turnFields, writeTurnFields } from './turn-fields.ts';
import { readTurns } from './turns.ts';

type Of = { shape: Shape; param: Param };
export type FieldKind = {
  /** Null where the control has no way to show it. */
  read(value: Json, of: Of): Partial<ParamFields> | null;
  write(fields: ParamFields, of: Of): Json | undefined;
};

const text: FieldKind = {
  read: (value) => (typeof value === 'string' ? { text: value } : null),
  write: (fields) => (fields.text === '' ? undefined : fields.text),
};

/** A prompt that is empty is still a prompt, for the checks to ask for. */
const prompt: FieldKind = { read: text.read, write: (fields) => fields.text };

const model: FieldKind = {
  read: text.read,
  write: (fields) => fields.text.trim() || undefined,
};

const number: FieldKind = {
  read: (value) => (typeof value === 'number' || typeof value === 'string' ? { text: String(value) } : null),
  write: (fields) => {
    const typed = fields.text.trim();
    if (typed === '') return undefined;
    const value = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(typed) ? Number(typed) : Number.NaN;
    const isKept = Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));
    return isKept ? value : typed;
  },
};

const flag: FieldKind = {
  read: (value) => (typeof value === 'boolean' ? { text: String(value) } : null),
  write: (fields) => (fields.text === '' ? undefined : fields.text === 'true'),
};

const strings: FieldKind = {
  read: (value) => {
    const isList = Array.isArray(value) && value.every((one) => typeof one === 'string');
    return isList ? { rows: value.map((one) => ({ name: '', text: String(one) })) } : null;
  },
  write: ({ rows }) => (rows.length === 0 ? undefined : rows.map((row) => row.text)),
};

/** Two pairs of one name are no object: until one is renamed they stay the list they are. */
const pairs: FieldKind = {
  read: (value) => {
    const entries = isMembers(value) ? Object.entries(value) : pairList(value);
    const isText = entries?.every(([, one]) => typeof one === 'string');
    return entries && isText
      ? { rows: entries.map(([name, one]) => ({ name: String(name), text: String(one) })) }
      : null;
  },
  write: ({ rows }) => {
    const entries = rows.map(({ name, text }): [string, string] => [name.trim(), text]);
    if (entries.length === 0) return undefined;
    const isUnique = new Set(entries.map(([name]) => name)).size === entries.length;
    return isUnique ? Object.fromEntries(entries) : entries;
  },
};

function pairList(value: Json): [Json, Json][] | null {
  if (!Array.isArray(value)) return null;
  const found = value.flatMap((pair): [Json, Json][] =>
    Array.isArray(pair) ? [[pair[0] ?? '', pair[1] ?? '']] : [],
  );
  return found.length === value.length ? found : null;
}

const json: FieldKind = {
  read: (value) => ({ text: jsonText(value) }),
  write: (fields) => (fields.text.trim() === '' ? undefined : typedJson(fields.text)),
};

const toolChoice: FieldKind = {
  read: (value) => {
    const choice = readToolChoice(value);
    if (choice === null) return null;
    return typeof choice === 'string' ? { text: choice } : { text: 'tool', more: { tool: choice.tool } };
  },
  write: (fields, { shape }) => {
    if (fields.text === '') return undefined;
    const style = shape.tools ?? 'either';
    if (fields.text === 'tool') return writeToolChoice(style, { tool: fields.more.tool ?? '' });
    return writeToolChoice(style, fields.text as 'auto' | 'none' | 'required');
  },
};

/** In the order of the provider's page. */
const thinking: FieldKind = {
  read: (value) => {
    if (!isMembers(value) || typeof value.type !== 'string') return null;
    const budget = memberOf(value, 'budget_tokens');
    return { text: value.type, more: { budget: budget === undefined ? '' : String(budget) } };
  },
  write: ({ text: type, more }, of) => {
    if (type === '') return undefined;
    if (type !== 'enabled') return { type };
    const budget = number.write({ ...emptyFields, text: more.budget ?? '' }, of);
    return { ...(budget === undefined ? {} : { budget_tokens: budget }), type };
  },
};

const format: FieldKind = {
  read: (value, { param }) => {
    const wish = readFormat(formatStyle(param.name), value);
    if (!wish) return null;
    if (wish.type !== 'json_schema') return { text: wish.type };
    const { name, strict, schema } = wish;
    const more = { name, strict: strict === null ? '' : String(strict), schema: jsonText(schema) };
    return { text: wish.type, more };
  },
  write: ({ text: type, more }, { param }): Members | undefined => {
    if (type === '') return undefined;
    const style = formatStyle(param.name);
    if (type !== 'json_schema') return writeFormat(style, { type: type as 'text' | 'json_object' });
    const strict = more.strict ? more.strict === 'true' : null;
    return writeFormat(style, { type, name: more.name ?? '', strict, schema: typedJson(more.schema ?? '') });
  },
};

const turns: FieldKind = {
  read: (value, { shape }) => {
    const read = shape.turns && readTurns(shape.turns, value);
    return read ? { turns: read.map(turnFields) } : null;
  },
  write: (fields, { shape }) => writeTurnFields(shape.turns ?? 'messages', fields.turns),
};

const emptyFields: ParamFields = { asJson: false, text: '', more: {}, rows: [], turns: [] };

/** How what is typed becomes JSON and comes back, by the kind of control. */
export const fieldKinds: Record<Control['kind'], FieldKind> = {
  model,
  text,
  texts: prompt,
  number,
  choice: text,
  switch: flag,
  strings,
  pairs,
  tools: json,
  'tool-choice': toolChoice,
  thinking,
  format,
  turns,
};
