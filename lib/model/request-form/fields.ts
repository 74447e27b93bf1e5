import { type FieldKind, fieldKinds } from './field-kinds.ts';
import { isMembers, type Json, type Members, sameJson } from './json.ts';
import { jsonText, typedJson } from './json-typed.ts';
import { valueIn } from './lens.ts';
import type { Param } from './params.ts';
import { isKnown, type Shape } from './shapes.ts';
import type { TurnFields } from './turn-fields.ts';

export type RowFields = { name: string; text: string };

/** One parameter as it stands in its controls: text as it is typed, whatever it will mean. */
export type ParamFields = {
  /** The value is none its control can show, so it is edited as the JSON it is. */
  asJson: boolean;
  text: string;
  more: Record<string, string>;
  rows: RowFields[];
  turns: TurnFields[];
};

/** What the editor of one sheet holds. */
export type SheetFields = { customId: string; params: Record<string, ParamFields>; extra: string };

export const noFields: ParamFields = { asJson: false, text: '', more: {}, rows: [], turns: [] };

/** Where a parameter stands among the fields: a name without dots. */
export function keyOf(param: Pick<Param, 'name' | 'member'>): string {
  return param.member === undefined ? param.name : `${param.name}__${param.member}`;
}

export function sheetFields(
  shape: Shape,
  customId: string,
  params: Members,
  extraText: string | null,
): SheetFields {
  return {
    customId,
    params: Object.fromEntries(
      shape.params.map((param) => [keyOf(param), readField(shape, param, valueIn(param, params))]),
    ),
    extra: extraText ?? readExtra(shape, params),
  };
}

/** A value as its control shows it, or as JSON where the control would lose something of it. */
export function readField(shape: Shape, param: Param, value: Json | undefined): ParamFields {
  if (value === undefined || value === null) return noFields;
  const kind: FieldKind = fieldKinds[param.control.kind];
  const read = kind.read(value, { shape, param });
  const fields = read && { ...noFields, ...read };
  if (fields && sameJson(kind.write(fields, { shape, param }), value)) return fields;
  return { ...noFields, asJson: true, text: jsonText(value) };
}

/** Undefined where nothing was said. What is no value yet stays the text it is, for the schema to refuse. */
export function writeField(shape: Shape, param: Param, fields: ParamFields): Json | undefined {
  if (fields.asJson) return fields.text.trim() === '' ? undefined : typedJson(fields.text);
  return fieldKinds[param.control.kind].write(fields, { shape, param });
}

function readExtra(shape: Shape, params: Members): string {
  const extra = Object.entries(params).filter(([name]) => !isKnown(shape, name));
  return extra.length === 0 ? '' : JSON.stringify(Object.fromEntries(extra), null, 2);
}

/** Null while it is no object. */
export function writeExtra(text: string): Members | null {
  if (text.trim() === '') return {};
  const value = typedJson(text);
  return isMembers(value) ? value : null;
}
