import type { Json } from './json.ts';
import { jsonText, typedJson } from './json-typed.ts';
import { type Part, type Style, type Turn, type TurnStyle, writeTurns } from './turns.ts';

export type PartFields = {
  kind: Part['kind'];
  /** What is said, or what a tool answered, or the input of a call. */
  text: string;
  url: string;
  /** Of a tool call. */
  id: string;
  name: string;
};

export type TurnFields = {
  /** The JSON of a turn that no control can show; null where there are controls. */
  raw: string | null;
  role: string;
  style: Style;
  plain: boolean;
  parts: PartFields[];
};

export function newPart(kind: Part['kind']): PartFields {
  return { kind, text: kind === 'call' ? '{}' : '', url: '', id: '', name: '' };
}

export function turnFields(turn: Turn): TurnFields {
  if ('raw' in turn) {
    return { raw: jsonText(turn.raw), role: 'user', style: 'messages', plain: true, parts: [] };
  }
  const { role, style, plain, parts } = turn;
  return { raw: null, role, style, plain, parts: parts.map(partFields) };
}

function partFields(part: Part): PartFields {
  const { kind } = part;
  if (kind === 'image') return { ...newPart(kind), url: part.url };
  if (kind === 'call') return { ...newPart(kind), id: part.id, name: part.name, text: part.input };
  return { ...newPart(kind), text: part.text, id: kind === 'result' ? part.id : '' };
}

export function turnOf({ raw, role, style, plain, parts }: TurnFields): Turn {
  if (raw !== null) return { raw: typedJson(raw) };
  return { role, style, plain, parts: parts.map(partOf) };
}

function partOf({ kind, text, url, id, name }: PartFields): Part {
  switch (kind) {
    case 'text':
      return { kind, text };
    case 'image':
      return { kind, url };
    case 'call':
      return { kind, id, name, input: text };
    case 'result':
      return { kind, id, text };
  }
}

export function writeTurnFields(style: TurnStyle, turns: TurnFields[]): Json {
  return writeTurns(style, turns.map(turnOf));
}
